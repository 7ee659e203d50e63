from typing import Self

from pydantic import Field, SecretStr

from postroad.model.base import Fact
from postroad.settings import Settings


class DingTalkApp(Fact):
    """An internal app (企业内部应用) with a robot, and the card template it uses.

    `callback_secret` is the api secret registered with the card callback; `corp_id` is checked in callbacks when given.
    """

    base_url: str = "https://api.dingtalk.com"
    app_key: str = Field(min_length=1)
    app_secret: SecretStr
    robot_code: str = ""
    template_id: str = "postroad-approval.schema"
    route_key: str = "postroad"
    callback_secret: SecretStr
    corp_id: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The app that the installation's settings name."""
        return cls(
            base_url=settings.dingtalk_base_url,
            app_key=settings.dingtalk_app_key,
            app_secret=settings.dingtalk_app_secret,
            robot_code=settings.dingtalk_robot_code,
            template_id=settings.dingtalk_template_id,
            route_key=settings.dingtalk_route_key,
            callback_secret=settings.dingtalk_callback_secret,
            corp_id=settings.dingtalk_corp_id,
        )

    @property
    def robot(self) -> str:
        """The robot that came with the app has the app's key as its code."""
        return self.robot_code or self.app_key
