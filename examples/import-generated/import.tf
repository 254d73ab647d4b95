import {
  provider = registrar
  to       = registrar_domain_settings.example
  id       = "example.com"
}
