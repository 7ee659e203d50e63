import hashlib
from dataclasses import dataclass, field

from postroad.model.people import Department


@dataclass
class Tree:
    """The departments by their path, in the order in which they were first named."""

    ids: dict[tuple[str, ...], str | None] = field(default_factory=dict)
    heads: dict[tuple[str, ...], str] = field(default_factory=dict)

    def add(self, way: tuple[str, ...], given: str | None = None) -> None:
        """A department and those above it. Raises ValueError when it has another id already, or the id is taken."""
        for depth in range(1, len(way) + 1):
            self.ids.setdefault(way[:depth], None)
        if given is None or self.ids[way] == given:
            return
        if self.ids[way] is not None:
            raise ValueError(f"部门另有编号 {self.ids[way]} / the department has the id {self.ids[way]} already")
        if given in self.ids.values():
            raise ValueError(f"编号 {given} 已属于别的部门 / another department has the id {given}")
        self.ids[way] = given

    def lead(self, way: tuple[str, ...], person: str) -> None:
        """Who leads the department. Raises ValueError when somebody else does."""
        if self.heads.setdefault(way, person) != person:
            raise ValueError(
                f"部门已有负责人 {self.heads[way]} / the department has the head {self.heads[way]} already"
            )

    def id(self, way: tuple[str, ...]) -> str:
        """The id given, or one that stays the same as long as the path does."""
        return self.ids[way] or f"d-{hashlib.sha256('/'.join(way).encode()).hexdigest()[:10]}"

    def listed(self) -> tuple[Department, ...]:
        return tuple(
            Department(
                id=self.id(way),
                name=way[-1],
                head=self.heads.get(way),
                parent=self.id(way[:-1]) if len(way) > 1 else None,
            )
            for way in self.ids
        )
