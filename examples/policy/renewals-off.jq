# Stops a plan after which a domain would no longer be renewed:
#
#   terraform show -json tfplan >tfplan.json
#   jq -r -f policy/renewals-off.jq tfplan.json
#
# It lists the addresses, and ends with status 1 if there are any, unless ALLOW_RENEWALS_OFF is "true".
# Listed is each resource whose auto_renew will be false, or is not known yet, unless the same domain has it
# off already. So a domain that is added with false is listed too: a plan does not hold what the registrar has
# at present. Import it, and it is listed only if it was on. A resource that is destroyed leaves the domain as it is.

if has("planned_values") | not then
  "This is no plan: make it with terraform show -json tfplan.\n" | halt_error(2)
else
  [
    .resource_changes[]?
    | select(.mode == "managed" and .type == "registrar_domain_settings" and .change.after != null)
    | select(.change.after.auto_renew != true)
    | select(.change.before.auto_renew != false or .change.before.domain_name != .change.after.domain_name)
    | "\(.address) (\(.change.after.domain_name // "a domain that is not known yet"))"
  ]
  | if length == 0 then "No renewal is turned off."
    elif $ENV.ALLOW_RENEWALS_OFF == "true" then "Allowed to turn off the renewal of:", .[]
    else "This plan turns off the renewal of:\n  \(join("\n  "))\n" | halt_error(1)
    end
end
