"""AWS on this machine: moto behind a layer that keeps what moto loses and does what AWS does."""

from sandbox.server.clients import Clients, Server, connect
from sandbox.server.serving import serving

__all__ = ["Clients", "Server", "connect", "serving"]
