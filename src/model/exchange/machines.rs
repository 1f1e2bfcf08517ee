//! Machines: partners that follow a rule, of which only the round before matters.

use super::Happened;

/// A rule that a partner may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// Does what the other did in the round before; begins by giving.
    TitForTat,
    /// As tit for tat, but gives after a refusal as well in one of three rounds.
    GenerousTitForTat,
    /// Goes on as before where the other gave, and otherwise does the opposite; begins by giving.
    WinStayLoseShift,
    /// Gives.
    AlwaysGive,
    /// Does not give.
    NeverGive,
}

/// How often generous tit for tat gives after a refusal.
pub const GENEROSITY: f64 = 1.0 / 3.0;

impl Machine {
    /// Every rule.
    pub const ALL: [Self; 5] = [
        Self::TitForTat,
        Self::GenerousTitForTat,
        Self::WinStayLoseShift,
        Self::AlwaysGive,
        Self::NeverGive,
    ];

    /// How often it gives, before noise, after what came out of the round before for the machine; in the first round where nothing has.
    ///
    /// # Source
    ///
    /// Rapoport & Chammah 1965; Nowak & Sigmund 1992 (a third is the generosity that pays most at the payoffs 5, 3, 1, 0) and 1993.
    pub const fn gives(self, last: Option<Happened>) -> f64 {
        match (self, last) {
            (Self::NeverGive, _) => 0.0,
            (Self::AlwaysGive, _) | (_, None) => 1.0,
            (Self::TitForTat, Some(Happened::Both | Happened::OnlyThey)) => 1.0,
            (Self::TitForTat, Some(Happened::OnlyI | Happened::Neither)) => 0.0,
            (Self::GenerousTitForTat, Some(Happened::Both | Happened::OnlyThey)) => 1.0,
            (Self::GenerousTitForTat, Some(Happened::OnlyI | Happened::Neither)) => GENEROSITY,
            (Self::WinStayLoseShift, Some(Happened::Both | Happened::Neither)) => 1.0,
            (Self::WinStayLoseShift, Some(Happened::OnlyI | Happened::OnlyThey)) => 0.0,
        }
    }
}

/// How often a decision of this chance comes out as a gift, where it comes out as its opposite with the chance `noise`.
///
/// ```text
/// p' = p (1 − ε) + (1 − p) ε
/// ```
pub const fn comes_out(chance: f64, noise: f64) -> f64 {
    chance * (1.0 - noise) + (1.0 - chance) * noise
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a round brings on average, where both follow one rule: the stationary state of the chain over what came out of a round.
    fn in_self_play(machine: Machine, noise: f64) -> f64 {
        let mut chance = [0.25; 4];
        for _ in 0..10_000 {
            let mut next = [0.0; 4];
            for last in Happened::ALL {
                let mine = comes_out(machine.gives(Some(last)), noise);
                let theirs = comes_out(machine.gives(Some(last.turned())), noise);
                let from = chance[last as usize];
                next[Happened::Both as usize] += from * mine * theirs;
                next[Happened::OnlyI as usize] += from * mine * (1.0 - theirs);
                next[Happened::OnlyThey as usize] += from * (1.0 - mine) * theirs;
                next[Happened::Neither as usize] += from * (1.0 - mine) * (1.0 - theirs);
            }
            chance = next;
        }
        let payoffs = [3.0, 0.0, 5.0, 1.0];
        chance.iter().zip(payoffs).map(|(chance, payoff)| chance * payoff).sum()
    }

    #[test]
    fn machines_get_what_they_get_by_the_chain() {
        for (machine, payoff) in [
            (Machine::TitForTat, 2.2500),
            (Machine::GenerousTitForTat, 2.8594),
            (Machine::WinStayLoseShift, 2.7765),
        ] {
            let own = in_self_play(machine, 0.05);
            assert!((own - payoff).abs() < 5e-5, "{machine:?}: {own}");
        }
    }
}
