data "registrar_domain_update_status" "shop" {
  domain_name = "example.com"
}

# context is { action = "confirm_by_email", … } while the state is action_required.
output "update" {
  value = {
    state   = data.registrar_domain_update_status.shop.state
    error   = data.registrar_domain_update_status.shop.error
    context = try(jsondecode(data.registrar_domain_update_status.shop.context_json), null)
  }
}
