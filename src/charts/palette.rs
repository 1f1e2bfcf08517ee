//! Colours, markers, hatches and dashes: each thing is told apart in two ways, so that it survives
//! colour blindness and a photocopier.

/// A colour, red, green and blue.
pub(crate) type Rgb = [u8; 3];

pub(crate) const WHITE: Rgb = [255, 255, 255];
/// Text and axes.
pub(crate) const INK: Rgb = [34, 34, 34];
/// Text of second rank.
pub(crate) const GREY: Rgb = [89, 89, 89];
/// Grid lines.
pub(crate) const GRID: Rgb = [222, 222, 222];

/// Okabe and Ito (2008), ordered so that neighbours differ most; their yellow is left out, because a
/// line in it is lost on white.
pub(crate) const CATEGORIES: [Rgb; 7] = [BLUE, VERMILLION, GREEN, PURPLE, SKY, ORANGE, BLACK];

pub(crate) const BLUE: Rgb = [0, 114, 178];
pub(crate) const VERMILLION: Rgb = [213, 94, 0];
/// Vermillion for letters, which need more contrast than areas.
pub(crate) const DARK_VERMILLION: Rgb = [168, 74, 0];
pub(crate) const GREEN: Rgb = [0, 158, 115];
pub(crate) const PURPLE: Rgb = [204, 121, 167];
pub(crate) const SKY: Rgb = [86, 180, 233];
pub(crate) const ORANGE: Rgb = [230, 159, 0];
/// What plausible parameter sets predict: a pale blue that a blue interval stands out from.
pub(crate) const PARAMETERS: Rgb = [190, 219, 236];
pub(crate) const BLACK: Rgb = [0, 0, 0];

/// The shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    TriangleDown,
    Pentagon,
    Star,
}

const SHAPES: [Shape; 7] = [
    Shape::Circle,
    Shape::Square,
    Shape::Triangle,
    Shape::Diamond,
    Shape::TriangleDown,
    Shape::Pentagon,
    Shape::Star,
];

impl Shape {
    /// Corners around the origin, y downwards, of about the area of a circle of radius 1; none for the circle.
    pub(crate) fn corners(self) -> Vec<(f64, f64)> {
        let (points, radius, inner, turn) = match self {
            Self::Circle => return Vec::new(),
            Self::Square => (4, 1.25, 1.0, 45.0),
            Self::Triangle => (3, 1.45, 1.0, -90.0),
            Self::Diamond => (4, 1.3, 1.0, 0.0),
            Self::TriangleDown => (3, 1.45, 1.0, 90.0),
            Self::Pentagon => (5, 1.2, 1.0, -90.0),
            Self::Star => (5, 1.6, 0.45, -90.0),
        };
        let star = self == Self::Star;
        let corners = if star { 2 * points } else { points };
        (0..corners)
            .map(|it| {
                let angle = (turn + 360.0 * f64::from(it) / f64::from(corners)).to_radians();
                let radius = if star && it % 2 == 1 { radius * inner } else { radius };
                (radius * libm::cos(angle), radius * libm::sin(angle))
            })
            .collect()
    }
}

/// How one of several things is drawn: the first seven filled and with full lines, the next hollow and dashed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    pub(crate) rgb: Rgb,
    pub(crate) shape: Shape,
    pub(crate) hollow: bool,
    pub(crate) dash: Dash,
}

/// The look of thing number `index`.
pub(crate) fn look(index: usize) -> Look {
    let place = index % CATEGORIES.len();
    let round = index / CATEGORIES.len();
    Look {
        rgb: CATEGORIES[place],
        // Shifted by the round, so that a hollow marker is not the twin of a filled one in its colour.
        shape: SHAPES[(place + round) % SHAPES.len()],
        hollow: round % 2 == 1,
        dash: [Dash::Full, Dash::Dashed, Dash::Dotted][round % 3],
    }
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    Full,
    Dashed,
    Dotted,
}

impl Dash {
    /// Lengths of stroke and gap for a line of this width; none for a full line.
    pub(crate) fn lengths(self, width: f64) -> Option<[f64; 2]> {
        match self {
            Self::Full => None,
            Self::Dashed => Some([width * 4.0, width * 2.5]),
            Self::Dotted => Some([width, width * 2.0]),
        }
    }
}

/// The lines over a filled area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hatch {
    None,
    /// Rising lines.
    Rising,
    /// Falling lines.
    Falling,
    /// Both.
    Crossed,
}

/// Viridis (Smith and van der Walt 2015): `share` 0 is dark, 1 is bright, and grey tones keep the order.
pub(crate) fn viridis(share: f64) -> Rgb {
    const STOPS: [Rgb; 11] = [
        [68, 1, 84],
        [72, 36, 117],
        [65, 68, 135],
        [53, 95, 141],
        [42, 120, 142],
        [33, 145, 140],
        [34, 168, 132],
        [68, 191, 112],
        [122, 209, 81],
        [189, 223, 38],
        [253, 231, 37],
    ];
    let place = share.clamp(0.0, 1.0) * (STOPS.len() - 1) as f64;
    let below = (place as usize).min(STOPS.len() - 2);
    let part = place - below as f64;
    let mix = |channel: usize| {
        let (a, b) = (f64::from(STOPS[below][channel]), f64::from(STOPS[below + 1][channel]));
        (a + (b - a) * part).round() as u8
    };
    [mix(0), mix(1), mix(2)]
}

/// Black or white, whichever is easier to read on `ground`.
pub(crate) fn ink_on(ground: Rgb) -> Rgb {
    let light = luminance(ground);
    if (1.0 + 0.05) / (light + 0.05) >= (light + 0.05) / (luminance(INK) + 0.05) {
        WHITE
    } else {
        INK
    }
}

/// Relative luminance (WCAG 2.1).
fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = rgb.map(|it| {
        let it = f64::from(it) / 255.0;
        if it <= 0.04045 {
            it / 12.92
        } else {
            libm::pow((it + 0.055) / 1.055, 2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_things_look_different_without_colour() {
        for a in 0..14 {
            for b in 0..a {
                let (a, b) = (look(a), look(b));
                assert!((a.shape, a.hollow) != (b.shape, b.hollow), "{a:?} {b:?}");
                assert!((a.rgb, a.dash) != (b.rgb, b.dash), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn viridis_gets_lighter_all_the_way() {
        let light: Vec<f64> = (0..=100).map(|it| luminance(viridis(f64::from(it) / 100.0))).collect();
        assert!(light.windows(2).all(|it| it[0] < it[1]));
        assert_eq!(viridis(-1.0), viridis(0.0));
        assert_eq!(viridis(2.0), [253, 231, 37]);
    }

    #[test]
    fn text_is_legible_on_its_ground() {
        assert_eq!(ink_on(viridis(0.0)), WHITE);
        assert_eq!(ink_on(viridis(1.0)), INK);
        for ground in CATEGORIES {
            let (a, b) = (luminance(ground), luminance(ink_on(ground)));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.0, "{ground:?}: {contrast}");
        }
    }
}
