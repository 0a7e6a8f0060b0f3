@{
    # The one place that states the version.
    ModuleVersion = '0.1.0'
}
