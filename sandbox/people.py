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
    "gao": "高明(销售副总裁)",
    "fang": "方圆(销售专员)",
    "tang": "唐敏(计划主管)",
    "guo": "郭静(计划员·装配)",
    "luo": "罗勇(机加工车间主任)",
    "xie": "谢峰(装配车间主任)",
    "he": "何平(售后服务经理)",
    "xu": "徐磊(上海服务中心主任)",
    "lin": "林涛(高级服务工程师)",
    "ma": "马超(服务工程师)",
    "deng": "邓华(服务工程师)",
    "song": "宋杰(北京服务中心主任)",
    "yu": "于洋(服务工程师)",
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
