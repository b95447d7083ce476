"""The closed lists of words that answers hold."""

from typing import Literal

LifecycleWord = Literal["preview", "active", "deprecated", "retired"]
SeverityWord = Literal["operational", "maintenance", "degraded", "outage"]
ModalityWord = Literal["text", "image", "video", "audio", "file"]
KindWord = Literal["sell", "list"]
