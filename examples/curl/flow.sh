#!/bin/sh
# The whole flow with curl: log in, get a rate, place, query, download; and an order that is rejected on purpose.
#
#   npx integral-harness serve --port 8080    in another terminal (in a checkout: npm run -s serve -- --port 8080), then
#   sh examples/curl/flow.sh http://127.0.0.1:8080
set -eu

base=${1:-http://127.0.0.1:8080}
org=CurlOrg
control=$base/_simulation/organisations/$org
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

# The text, or the number, of a field in a JSON answer. Enough for this; jq does it properly.
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

curl -sS --fail -o /dev/null -D "$headers" -H 'Content-Type: application/json' \
  -d "{\"user\":\"ada\",\"pass\":\"any but wrong-password\",\"org\":\"$org\"}" "$base/v2/sso/login"
token=$(sed -n 's/^[Ss][Ss][Oo]_[Tt][Oo][Kk][Ee][Nn]: *\([^[:space:]]*\).*/\1/p' "$headers")
api() { curl -sS --fail -H "SSO_TOKEN: $token" "$@"; }

place() { # coId
  rate=$(api "$base/v2/rates/spot?symbol=EUR%2FUSD")
  offer=$(printf %s "$rate" | field offer)
  rate_id=$(printf %s "$rate" | field rateId)
  api -H 'Content-Type: application/json' -d "{\"coId\":\"$1\",\"type\":\"PQ\",\"timeInForce\":\"FOK\",
    \"side\":\"Buy\",\"symbol\":\"EUR/USD\",\"currency\":\"EUR\",\"size\":1000000,
    \"price\":$offer,\"rateId\":\"$rate_id\"}" "$base/v2/orders" | field orderId
}

poll() { # orderId
  while :; do
    status=$(api "$base/v2/orders/$1" | field status)
    case $status in FILLED | REJECTED | EXPIRED | CANCELED) break ;; esac
  done
  echo "$status"
}

filled=$(place "curl-$$-1")
echo "order $filled: $(poll "$filled")"
echo "trade $(api "$base/v2/trades/stp/messages" | field tradeId)"

# What the other side will do with the next order:
curl -sS --fail -o /dev/null -d '{"match":{},"outcome":{"kind":"reject after NEW","reason":"Last look"}}' \
  "$control/outcomes"
rejected=$(place "curl-$$-2")
echo "order $rejected: $(poll "$rejected")"
echo "trades now: $(api "$base/v2/trades/stp/messages")"
