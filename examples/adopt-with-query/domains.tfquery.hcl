list "registrar_domain_settings" "all" {
  provider = registrar
}
