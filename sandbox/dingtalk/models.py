from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    """A message of the platform: camelCase names, no coercion, an unknown field is an error."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True)


class TokenRequest(Wire):
    app_key: str
    app_secret: str


class Params(Wire):
    card_param_map: dict[str, str]


class UpdateOptions(Wire):
    """Without an option the platform replaces all variables by the ones sent."""

    update_card_data_by_key: bool = False
    update_private_data_by_key: bool = False


class Notification(Wire):
    alert_content: str = ""
    notification_off: bool = False


class SearchSupport(Wire):
    search_icon: str = ""
    search_type_name: str = ""
    search_desc: str = ""


class RobotSpace(Wire):
    support_forward: bool = True
    last_message_i18n: dict[str, str] = Field(default={}, alias="lastMessageI18n")
    search_support: SearchSupport | None = None
    notification: Notification | None = None


class RobotDelivery(Wire):
    space_type: Literal["IM_ROBOT"] = "IM_ROBOT"
    robot_code: str
    extension: dict[str, str] = {}


class CreateAndDeliver(Wire):
    """POST /v1.0/card/instances/createAndDeliver, for one-to-one conversations with the robot."""

    card_template_id: str
    out_track_id: str = Field(min_length=1)
    user_id: str | None = None
    user_id_type: Literal[1] = 1
    callback_type: Literal["HTTP", "STREAM"] | None = None
    callback_route_key: str | None = None
    card_data: Params
    private_data: dict[str, Params] = {}
    open_space_id: str
    im_robot_open_space_model: RobotSpace | None = None
    im_robot_open_deliver_model: RobotDelivery | None = None


class UpdateCard(Wire):
    """PUT /v1.0/card/instances."""

    out_track_id: str
    user_id_type: Literal[1] = 1
    card_data: Params | None = None
    private_data: dict[str, Params] = {}
    card_update_options: UpdateOptions = UpdateOptions()


class RegisterCallback(Wire):
    """POST /v1.0/card/callbacks/register."""

    callback_url: str = Field(pattern=r"^https?://")
    callback_route_key: str = Field(min_length=1)
    api_secret: str | None = None
    force_update: bool = False


class BatchSend(Wire):
    """POST /v1.0/robot/oToMessages/batchSend: one message to each of these people from the robot."""

    robot_code: str
    user_ids: list[str] = Field(min_length=1, max_length=20)
    msg_key: Literal["sampleMarkdown"]
    msg_param: str


class Markdown(Wire):
    """What `msgParam` of a `sampleMarkdown` holds."""

    title: str = Field(min_length=1)
    text: str = Field(min_length=1)


class CallbackAnswer(Wire):
    """What the receiver of a click answers; `userPrivateData` concerns only the clicker."""

    card_update_options: UpdateOptions | None = None
    card_data: Params | None = None
    user_private_data: Params | None = None


class DeliverResult(Wire):
    model_config = ConfigDict(populate_by_name=True)

    space_type: str
    space_id: str
    success: bool
    error_msg: str = ""
    carrier_id: str = ""
