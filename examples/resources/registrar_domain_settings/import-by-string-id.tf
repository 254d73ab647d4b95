import {
  to = registrar_domain_settings.shop
  id = "example.com" # or "<account_id>/example.com"
}
