# Sorts a plan's changes to auto_renew into drift and edits, and rejects edits that turn auto-renew off:
#
#   terraform show -json tfplan >tfplan.json
#   jq -r -f policy/renewals-off.jq tfplan.json
#
# Drift is a change made outside Terraform; the plan reverts it. An edit is a value that the last apply didn't
# set. The exit status is 1 if an edit turns auto-renew off, unless ALLOW_RENEWALS_OFF is "true".
#
# A plan doesn't contain the current value of a domain that it adds, so the policy rejects each added domain
# with auto_renew = false. Import the domain to compare values. Destroying a resource doesn't change the domain.

# The value of auto_renew on one side of a change, if that side has the same domain.
def value($domain): if .domain_name == $domain then .auto_renew else null end;

def section($title): if . == [] then empty else $title, (.[] | "  \(.address) (\(.domain)): auto_renew \(.from) -> \(.to)") end;

if has("planned_values") | not then
  "This file is not a plan. Create one with: terraform show -json tfplan\n" | halt_error(2)
else
  # The values from the last apply, by address.
  ([.resource_drift[]? | {(.address): .change.before}] | add // {}) as $applied
  | [
      .resource_changes[]?
      | select(.mode == "managed" and .type == "registrar_domain_settings" and .change.after != null)
      | .change.after.domain_name as $domain
      | (.change.after.auto_renew | if . == null then "not known yet" else . end) as $to
      | ($applied[.address] // .change.before | value($domain)) as $last
      | (.change.before | value($domain)) as $found
      | select($to != $last or $to != $found)
      | (if $to == $last then $found else $last end) as $from
      | {
          address, $to, from: (if $from == null then "new" else $from end),
          domain: ($domain // "a domain that is not known yet"),
          kind: (if $to == $last then "drift" elif $to != true and $from != false then "off" else "edit" end)
        }
    ]
  | map(select(.kind == "off")) as $off
  | [
      (map(select(.kind == "drift")) | section("Drift that this plan reverts:")),
      (map(select(.kind == "edit")) | section("Edits:"))
    ]
  | if $off == [] then .[], "No edit turns auto-renew off."
    elif $ENV.ALLOW_RENEWALS_OFF == "true" then .[], ($off | section("Allowed edits that turn auto-renew off:"))
    else . + [$off | section("This plan turns auto-renew off:")] | join("\n") + "\n" | halt_error(1)
    end
end
