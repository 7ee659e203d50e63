"""What people call the kinds of nodes, and what each is for."""

from postroad.model.label import Label

TITLES = {
    "approval": Label(zh="审批", en="Approval"),
    "work": Label(zh="办理", en="Work"),
    "cc": Label(zh="抄送", en="Copy"),
    "decide": Label(zh="规则", en="Rule table"),
    "branch": Label(zh="条件分支", en="Branch"),
    "parallel": Label(zh="并行", en="Parallel"),
    "each": Label(zh="逐项处理", en="For each"),
    "effect": Label(zh="业务操作", en="Action"),
    "call": Label(zh="调用流程", en="Call a process"),
    "wait": Label(zh="等待", en="Wait"),
    "end": Label(zh="结束", en="End"),
}
ABOUT = {
    "approval": Label(zh="由人决定同意或驳回", en="People agree or reject"),
    "work": Label(zh="由人办理并报告完成", en="Somebody does something and reports it done"),
    "cc": Label(zh="告知，不等待", en="Tells people and waits for nothing"),
    "decide": Label(zh="按规则表得出结果，供后面的节点使用", en="A rule table answers, and later nodes use the answer"),
    "branch": Label(zh="按条件走其中一条路", en="Goes one way or another, by conditions"),
    "parallel": Label(zh="几条路同时走", en="Several ways at once"),
    "each": Label(zh="对列表的每一项走同样的步骤", en="The same steps for every item of a list"),
    "effect": Label(zh="在业务系统中执行动作，可撤销", en="Does something in another system, and knows how to undo it"),
    "call": Label(zh="发起另一个流程，可等它结束", en="Begins another process, and may wait for its end"),
    "wait": Label(zh="等一段时间或一个事件", en="For a time or for an event"),
    "end": Label(zh="到此结束整个流程", en="Finishes the whole process here"),
}
