from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sandbox.dingtalk.errors import DingTalkError, ProtocolBreachError, answer_error
from sandbox.dingtalk.models import BatchSend, CreateAndDeliver, RegisterCallback, TokenRequest, UpdateCard
from sandbox.state import CurrentSandbox, Sandbox

router = APIRouter()


def calling_app(
    sandbox: CurrentSandbox, token: Annotated[str, Header(alias="x-acs-dingtalk-access-token")] = ""
) -> str:
    return sandbox.tokens.app_of(token)


CallingApp = Annotated[str, Depends(calling_app)]


@router.post("/v1.0/oauth2/accessToken")
async def access_token(order: TokenRequest, sandbox: CurrentSandbox) -> dict[str, Any]:
    text, seconds = sandbox.tokens.issue(order.app_key, order.app_secret)
    return {"accessToken": text, "expireIn": seconds}


@router.post("/v1.0/card/instances/createAndDeliver")
async def create_and_deliver(order: CreateAndDeliver, app: CallingApp, sandbox: CurrentSandbox) -> dict[str, Any]:
    _check_callback(order, sandbox)
    _check_robot(order, app)
    results = [result.model_dump(by_alias=True) for result in sandbox.cards.create(order)]
    return {"success": True, "result": {"outTrackId": order.out_track_id, "deliverResults": results}}


@router.put("/v1.0/card/instances")
async def update_card(order: UpdateCard, _app: CallingApp, sandbox: CurrentSandbox) -> dict[str, Any]:
    card = sandbox.cards.update(order)
    if card.is_being_answered:
        sandbox.violations.record(
            "PUT /dingtalk/v1.0/card/instances",
            f"card {card.out_track_id} was updated while its click was being answered; change it in the answer",
        )
    return {"success": True, "result": True}


@router.post("/v1.0/robot/oToMessages/batchSend")
async def send_messages(order: BatchSend, app: CallingApp, sandbox: CurrentSandbox) -> dict[str, Any]:
    if order.robot_code != app:
        raise ProtocolBreachError(f"robotCode {order.robot_code} is not the robot of app {app}")
    unknown = sandbox.messages.send(order)
    return {"processQueryKey": "sandbox", "invalidStaffIdList": unknown, "flowControlledStaffIdList": []}


@router.post("/v1.0/card/callbacks/register")
async def register_callback(order: RegisterCallback, _app: CallingApp, sandbox: CurrentSandbox) -> dict[str, Any]:
    route = sandbox.routes.register(order)
    return {"success": True, "result": {"callbackUrl": route.url, "apiSecret": route.api_secret}}


def _check_callback(order: CreateAndDeliver, sandbox: Sandbox) -> None:
    if order.callback_type == "STREAM":
        raise DingTalkError("param.callbackType", "本沙箱只支持 HTTP 回调，请使用 callbackType=HTTP")
    if order.callback_type == "HTTP" and sandbox.routes.find(order.callback_route_key) is None:
        raise DingTalkError(
            "param.callbackRouteKey", f"callbackRouteKey {order.callback_route_key} 未注册，请先注册回调地址"
        )


def _check_robot(order: CreateAndDeliver, app: str) -> None:
    robot = order.im_robot_open_deliver_model
    if robot is None:
        raise ProtocolBreachError("imRobotOpenDeliverModel is required to deliver to IM_ROBOT spaces")
    if robot.robot_code != app:
        raise ProtocolBreachError(f"robotCode {robot.robot_code} is not the robot of app {app}")


def dingtalk_app(sandbox: Sandbox) -> FastAPI:
    """The platform as an application of its own, because it answers every error in its own format."""
    app = FastAPI(title="DingTalk sandbox", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sandbox = sandbox
    app.include_router(router)
    for error in (DingTalkError, RequestValidationError, HTTPException):
        app.add_exception_handler(error, answer_error)
    return app
