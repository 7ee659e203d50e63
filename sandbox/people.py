from collections.abc import Mapping

DEMO_PEOPLE: dict[str, str] = {
    "li": "李四(生产部申请人)",
    "zhang": "张伟(生产部经理)",
    "chen": "陈静(采购专员·钢材)",
    "wang": "王强(采购总监)",
    "zhao": "赵敏(财务总监)",
    "sun": "孙磊(项目经理)",
    "qian": "钱芳(流程负责人)",
    "zhou": "周涛(采购专员·办公)",
    "wu": "吴刚(总经理)",
    "admin": "系统管理员",
}


class People:
    """Who has an account, by userId. Replaceable at run time, so that a person can lose their account."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)

    def replace(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)

    def names(self) -> dict[str, str]:
        return dict(self._names)

    def __contains__(self, user: object) -> bool:
        return user in self._names
