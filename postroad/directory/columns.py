"""What the tables of people, departments and roles hold; docs/people.md shows the same."""

from postroad.directory.sheet import Column

PEOPLE = (
    Column(
        "id", "工号", "id", "字母、数字、_ . - · letters, digits", ("人员编号", "员工编号", "employee id"), needed=True
    ),
    Column("name", "姓名", "name", "姓名 · the name", needed=True),
    Column("department", "部门", "department", "从上到下 `公司/采购部` · from the top down", ("所属部门",)),
    Column("department_id", "部门编号", "department id", "规则中写的编号 · the id that rules use", ("部门代码",)),
    Column(
        "heads", "部门负责人", "head of department", "是否本部门负责人 · whether the head of it", ("是否部门负责人",)
    ),
    Column("superior", "上级", "superior", "上级的工号或姓名 · id or name", ("直接上级", "汇报对象", "manager")),
    Column("position", "岗位", "position", "岗位 · the position", ("职位", "职务", "job title")),
    Column("roles", "角色", "roles", "`buyer(category=steel); finance_director`", ("role",)),
    Column("skills", "技能", "skills", "`welding:3; paint:1`，1 到 5 级 · levels 1 to 5", ("skill",)),
    Column("regions", "地区", "regions", "`上海、江苏`；空为全部 · empty is all", ("区域", "region")),
    Column("max_open_tasks", "最多任务", "most tasks", "未办任务不超过几项 · open tasks at most", ("最多任务数",)),
    Column("max_open_hours", "最多工时", "most hours", "未办任务不超过几小时 · hours of them at most", ("最多工时数",)),
    Column("phone", "手机", "phone", "号码 · the number", ("手机号", "电话", "mobile")),
    Column("email", "邮箱", "email", "地址 · the address", ("电子邮箱", "e-mail")),
    Column("active", "在职", "active", "是或否；空为是 · yes or no; empty is yes", ("在职状态", "状态", "status")),
    Column("dingtalk", "钉钉", "dingtalk", "钉钉账号 · the account there", ("钉钉账号",)),
    Column("wecom", "企业微信", "wecom", "企业微信账号 · the account there", ("企业微信账号",)),
    Column("feishu", "飞书", "feishu", "飞书账号 · the account there", ("飞书账号", "lark")),
)
DEPARTMENTS = (
    Column("path", "部门", "department", "从上到下 `公司/采购部` · from the top down", needed=True),
    Column("id", "编号", "id", "规则中写的编号 · the id that rules use", ("部门编号", "department id")),
    Column("head", "负责人", "head", "工号或姓名 · id or name", ("部门负责人", "head of department")),
)
ROLES = (
    Column("role", "角色", "role", "`buyer`", needed=True),
    Column(
        "person",
        "人员",
        "person",
        "工号或姓名；空则只给名称 · id or name; empty gives only the title",
        ("工号", "姓名"),
    ),
    Column("scope", "范围", "scope", "`category=steel`"),
    Column("zh", "名称", "title", "告诉处理人的说法 · what people are told", ("中文名称",)),
    Column("en", "英文名称", "english title", "英文 · in English"),
)

SHEETS = {
    "people": ("人员", "员工", "people"),
    "departments": ("部门", "departments"),
    "roles": ("角色", "roles"),
}
"""What the sheets of a workbook are called. A single sheet holds the people, whatever it is called."""
