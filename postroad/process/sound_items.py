"""What is wrong with the words of an `each`: what is known for one item has no meaning outside its steps."""

from collections.abc import Iterator, Mapping

from postroad.model.process import Each, Process
from postroad.model.template import holes
from postroad.process.named import named_by
from postroad.process.problem import Problem, problem
from postroad.process.tree import Tree


def of_items(process: Process) -> Iterator[Problem]:
    """Names that hide the list, titles that cannot be read, and names that are only known for one item."""
    around = _eaches(process)
    for place, node in process.walk():
        if isinstance(node, Each):
            yield from _of_each(place, node)
        for path in dict.fromkeys(named_by(node)):
            root = path.partition(".")[0]
            if root in around and not set(around[root]) <= {node.id, *around[node.id]}:
                each = around[root][0]
                yield problem(
                    place,
                    "known_for_an_item",
                    f"{path} 只在“{each}”的每一项中有值，在这里请使用列表 {each}",
                    f"{path} is only known for each item of “{each}”; use the list {each} here",
                )


def _of_each(place: str, node: Each) -> Iterator[Problem]:
    title = node.item_title or ""
    if title.count("{") != len(holes(title)):
        yield problem(
            f"{place}.item_title", "bad_template", f"模板无法识别：{title}", f"the template cannot be read: {title}"
        )
    if node.items.partition(".")[0] == node.id:
        yield problem(
            f"{place}.items",
            "hides_list",
            f"节点名 {node.id} 与列表同名，请换一个",
            f"the id {node.id} hides the list of that name; choose another",
        )


def _eaches(process: Process) -> Mapping[str, tuple[str, ...]]:
    """For every node the `each`es around it, innermost first."""
    tree = Tree(process)
    return {node: tuple(one for one in tree.above(node) if isinstance(tree.node(one), Each)) for node in tree.places}
