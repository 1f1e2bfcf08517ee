"""Mesa 3 as its users would write it: an agent object each, which steps with the model and leaves it once decided."""

import mesa
import numpy as np

from inputs import HELPED, LEFT, measure


class Person(mesa.Agent):
    def __init__(self, model, **constants):
        super().__init__(model)
        self.__dict__.update(constants)
        self.attention = self.sharing = self.understanding = self.reappraisal = self.distress = 0.0
        self.compassion = self.indignation = self.help = self.leave = 0.0
        self.outcome, self.latency = 0, None

    def shock(self):
        return self.model.scene.shock if self.random.random() < 0.5 else -self.model.scene.shock

    def step(self):
        s = self.model.scene
        attention = self.attention + (self.free_attention - self.attention) * s.attention_step
        attending = (self.attention + attention) / 2
        exposed = attending / (1 + self.deployment_gain * max(self.sharing - s.bearable_arousal, 0))
        target = self.sharing_gain * exposed * self.need_seen
        rate = self.recovery_step if target < self.sharing else s.sharing_step
        sharing = self.sharing + (target - self.sharing) * rate
        shared = (self.sharing + sharing) / 2
        self.sharing = sharing
        self.attention = attention
        understanding = self.understanding + (self.understanding_gain * attending - self.understanding) * s.perspective_step
        understood = (self.understanding + understanding) / 2
        self.understanding = understanding
        wanted = self.reappraisal_gain * max(shared - s.bearable_arousal, 0)
        reappraisal = self.reappraisal + (wanted - self.reappraisal) * s.reappraisal_step
        reappraised = (self.reappraisal + reappraisal) / 2
        self.reappraisal = reappraisal
        target = s.distress_kept * shared * self.overlap / (1 + reappraised)
        distress = self.distress + (target - self.distress) * s.distress_step
        distressed = (self.distress + distress) / 2
        self.distress = distress
        damped = 1 + reappraised / 2
        crowded = 1 + (distressed * s.per_halving_distress) ** 2
        warmth = self.bottom_up * shared + self.top_down * attending * self.need_seen * damped
        appraised = self.appraisal * (s.without_understanding + (1 - s.without_understanding) * understood)
        target = appraised * warmth / (damped * crowded)
        compassion = self.compassion + (target - self.compassion) * s.compassion_step
        compassionate = (self.compassion + compassion) / 2
        self.compassion = compassion
        target = s.perpetrator * max(distressed - s.mired_distress, 0)
        indignation = self.indignation + (target - self.indignation) * s.anger_step
        indignant = (self.indignation + indignation) / 2
        self.indignation = indignation

        self_concern = 1 / (1 + s.compassion_against_self_concern * compassionate)
        help_drift = (
            self.help_drift * attending * self.need_seen / (attending * self.need_seen + s.prompting_need)
            + s.resolve
            * (s.help_from_compassion * compassionate + s.help_from_distress * distressed * self_concern)
            + s.help_from_anger * indignant
        )
        leave_drift = s.leave_from_haste + (s.leave_drift + s.leave_from_distress * distressed) * self_concern
        help = max(self.help * s.tendency_kept + help_drift * s.tendency_gained + self.shock(), s.floor)
        leave = max(self.leave * s.tendency_kept + leave_drift * s.tendency_gained + self.shock(), s.floor)
        if help >= s.bound or leave >= s.bound:
            to_help, to_leave = self.share(self.help, help), self.share(self.leave, leave)
            self.outcome = HELPED if to_help <= to_leave else LEFT
            self.latency = (self.model.steps - 1 + min(to_help, to_leave)) * self.model.step_s
            self.remove()
        self.help, self.leave = help, leave

    def share(self, before, after):
        bound = self.model.scene.bound
        return min(max((bound - before) / max(after - before, 1e-9), 0), 1) if after >= bound else 2


class Scene(mesa.Model):
    def __init__(self, inputs, seed):
        super().__init__(seed=seed)
        self.scene, self.step_s = inputs.scene, inputs.step_s
        names = list(inputs.people)
        for constants in zip(*(column.tolist() for column in inputs.people.values())):
            Person(self, **dict(zip(names, constants)))

    def step(self):
        self.agents.do("step")


def prepare(inputs):
    """One model, with its people, for each round that may come: making them is not what is measured."""
    models = [Scene(inputs, seed) for seed in range(4)]
    return [(model, list(model.agents)) for model in models]


def meet(inputs, models, round):
    model, people = models[round]
    for _ in range(inputs.steps):
        model.step()
    latency = [inputs.steps * inputs.step_s if it.latency is None else it.latency for it in people]
    return np.array([it.outcome for it in people]), np.array(latency)


if __name__ == "__main__":
    measure(prepare, meet)
