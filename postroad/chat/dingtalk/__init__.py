"""DingTalk: interactive cards of an internal app's robot, presses over HTTP callbacks."""

from postroad.chat.dingtalk.app import DingTalkApp
from postroad.chat.dingtalk.platform import DingTalk

__all__ = ["DingTalk", "DingTalkApp"]
