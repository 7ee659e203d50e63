"""What follows from a change of the form under way, be it in the document's own system or by what people filled in."""

from postroad.process.turn import Turn


def show(turn: Turn) -> bool:
    """Those who still have to decide see the form as it is; what they press on an old one is stale.

    False when it is as they saw it.
    """
    still = [activation for activation in turn.state.activations.values() if activation.state == "open"]
    stale = [activation for activation in still if activation.form_hash != turn.form_at(activation.node)]
    for activation in stale:
        activation.form_hash = turn.form_at(activation.node)
        turn.touch(activation, *(slot for slot in activation.slots if slot.open))
    return bool(stale)
