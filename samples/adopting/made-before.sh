#!/bin/sh
# What a billing team could have in AWS before the operator comes, made by CDK or Terraform: a local bus, its policy
# and log, a queue with a rule, and on the global bus a rule that forwards to the local bus. For the sandbox.
set -eu

platform=111111111111 team=444444444444 region=eu-west-1
bus=local-bus-billing-service
busArn=arn:aws:events:$region:$team:event-bus/$bus
queueArn=arn:aws:sqs:$region:$team:billing-events
logArn=arn:aws:logs:$region:$team:log-group:/aws/events/$bus

in_account() {
  account=$1
  shift
  AWS_ACCESS_KEY_ID=$account aws "$@" > /dev/null
}

in_account $team events create-event-bus --name $bus
in_account $team events put-permission --event-bus-name $bus --policy '{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "local-bus-policy-stmt-billing-service", "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::'$platform':root"},
    "Action": "events:PutEvents", "Resource": "'$busArn'"}]}'

in_account $team logs create-log-group --log-group-name /aws/events/$bus
in_account $team events put-rule --event-bus-name $bus --name local-logging \
  --event-pattern '{"source": [{"prefix": ""}]}'
in_account $team events put-targets --event-bus-name $bus --rule local-logging --targets "Id=Target0,Arn=$logArn"

# Version 1 of the command line takes no other address for SQS.
in_account $team sqs create-queue --endpoint-url "$AWS_ENDPOINT_URL" --queue-name billing-events \
  --attributes '{"Policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"events.amazonaws.com\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"'$queueArn'\"}]}"}'
in_account $team events put-rule --event-bus-name $bus --name billing-rule \
  --event-pattern '{"detail-type": ["Order.Cancelled"]}'
in_account $team events put-targets --event-bus-name $bus --rule billing-rule --targets "Id=Target0,Arn=$queueArn"

in_account $platform events put-rule --event-bus-name global-bus --name globalToBillingService \
  --event-pattern '{"account": [{"anything-but": ["'$team'"]}]}'
in_account $platform events put-targets --event-bus-name global-bus --rule globalToBillingService \
  --targets "Id=Target0,Arn=$busArn,RoleArn=arn:aws:iam::$platform:role/event-backbone-forwarding"
