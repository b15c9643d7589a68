"""Tests of the app against a simulated Integral, with Python's own unittest.

    npx integral-harness serve --port 8080      in another terminal (in a checkout: npm run -s serve -- --port 8080), then
    INTEGRAL_BASE_URL=http://127.0.0.1:8080 python3 -m unittest discover examples/python
"""

import json
import os
import unittest
import urllib.error
import urllib.request

from app import App

SERVER = os.environ.get("INTEGRAL_BASE_URL", "http://127.0.0.1:8080")


class TheApp(unittest.TestCase):
    def setUp(self):
        # An organisation for each test: nothing that is staged for one reaches another.
        self.org = f"Python-{self.id().rsplit('.', 1)[-1]}"
        self.stage("reset")
        self.app = App(SERVER, "ada", "any but wrong-password", self.org)
        self.app.log_in()

    def stage(self, what, details=None):
        url = f"{SERVER}/_simulation/organisations/{self.org}/{what}"
        request = urllib.request.Request(url, json.dumps(details or {}).encode(), method="POST")
        request.add_header("Content-Type", "application/json")
        urllib.request.urlopen(request).close()

    def look(self, at):
        with urllib.request.urlopen(f"{SERVER}/_simulation/organisations/{self.org}/{at}") as answer:
            return json.load(answer)

    def test_deals_at_the_quote_and_brings_the_trade_home(self):
        order, [trade] = self.app.buy("one", 1_000_000)
        self.assertEqual(order["status"], "FILLED")
        self.assertEqual([each["tradeId"] for each in self.look("trades")], [trade["tradeId"]])

    def test_tells_why_an_order_was_rejected(self):
        outcome = {"kind": "reject after NEW", "reason": "Last look"}
        self.stage("outcomes", {"match": {"coId": "two"}, "outcome": outcome})
        order, trades = self.app.buy("two", 1_000_000)
        self.assertEqual((order["status"], order["reason"], trades), ("REJECTED", "Last look", []))

    def test_does_not_place_again_when_the_acknowledgement_is_lost(self):
        self.stage("faults", {"operation": "placeOrder", "kind": "cut", "when": "after"})
        order, trades = self.app.buy("three", 1_000_000)
        self.assertEqual((order["status"], len(trades)), ("FILLED", 1))
        self.assertEqual([each["coId"] for each in self.look("orders")], ["three"])

    def test_fails_when_the_server_does(self):
        self.stage("faults", {"operation": "placeOrder", "status": 503})
        with self.assertRaises(urllib.error.HTTPError) as raised:
            self.app.buy("four", 1_000_000)
        self.assertEqual(raised.exception.code, 503)
        raised.exception.close()
        self.assertEqual(self.look("orders"), [])


if __name__ == "__main__":
    unittest.main()
