"""A tiny trading app: it deals one spot order and brings the trade home. Standard library only."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request

FINAL = {"FILLED", "REJECTED", "EXPIRED", "CANCELED"}


class App:
    def __init__(self, base_url, user, password, org):
        self.base_url = base_url
        self.token = None
        self._login = {"user": user, "pass": password, "org": org}

    def log_in(self):
        _, headers = self._call("POST", "/v2/sso/login", self._login)
        self.token = headers["SSO_TOKEN"]

    def buy(self, co_id, euros, within_s=30, every_s=0.25):
        """Deals at the quote; returns the order's last view, and its trades."""
        query = urllib.parse.urlencode({"symbol": "EUR/USD"})
        rate, _ = self._call("GET", f"/v2/rates/spot?{query}")
        order = {
            "coId": co_id,
            "type": "PQ",
            "timeInForce": "FOK",
            "side": "Buy",
            "symbol": "EUR/USD",
            "currency": "EUR",
            "size": euros,
            "price": rate["offer"],
            "rateId": rate["rateId"],
        }
        return self._follow(self._place(order), within_s, every_s)

    def _place(self, order):
        try:
            placed, _ = self._call("POST", "/v2/orders", order)
            return placed["orderId"]
        except OSError as lost:
            if isinstance(lost, urllib.error.HTTPError):
                raise
            # No answer: the order may be there. It is looked up, and never placed again.
            query = urllib.parse.urlencode({"coId": order["coId"]})
            [found], _ = self._call("GET", f"/v2/orders?{query}")
            return found["orderId"]

    def _follow(self, order_id, within_s, every_s):
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            [order], _ = self._call("GET", f"/v2/orders/{order_id}")
            if order["status"] in FINAL:
                return order, self._download(order_id)
            time.sleep(every_s)
        raise TimeoutError(f"Order {order_id} did not end within {within_s} s.")

    def _download(self, order_id):
        trades = []
        while True:
            batch, _ = self._call("GET", "/v2/trades/stp/messages")
            if not batch:
                return [trade for trade in trades if trade["orderId"] == order_id]
            trades += batch

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self.base_url + path, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("SSO_TOKEN", self.token)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null"), answer.headers
