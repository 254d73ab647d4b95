import {
  to = registrar_domain_settings.shop
  identity = {
    domain_name = "example.com"
    account_id  = "023e105f4ecef8ad9ca31a8372d0c353" # default: the provider's account
  }
}
