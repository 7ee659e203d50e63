"""An effect that ends after its step was left: nobody is asked about it any more, so only the story can tell."""

from postroad.model.effect import EffectResult, EffectStatus
from postroad.model.label import Label
from postroad.process import changes, ending
from postroad.process.state import Deed
from postroad.process.turn import Turn


def tell(turn: Turn, deed: Deed, result: EffectResult) -> None:
    """Say how it ended; an instance of old wrote nothing down at this point."""
    if turn.state.engine < changes.SECOND:
        return
    label = ending.label_of(turn, deed.node)
    if result.status is EffectStatus.CONFIRMED:
        zh, en = f"“{label.zh}”在离开该步骤后完成", f"“{label.en}” was confirmed after its step had been left"
    else:
        why = Label.of(result.message or str(result.status))
        zh = f"“{label.zh}”在离开该步骤后没有完成：{why.zh}"
        en = f"“{label.en}” was not done, and its step had been left: {why.en}"
    turn.say("effect", zh, en, node=deed.node, key=deed.intent.key, ref=result.ref, state=result.state)
