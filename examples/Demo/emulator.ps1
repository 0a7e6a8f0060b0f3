# The main job, on the emulator: no key and no network. Every line is a command as one would type it.
Connect-ChatKit -Emulator
Get-ChatKitThread -Id cthr_abc123
$threads = 'cthr_abc123', 'cthr_def456', 'cthr_ghi789' | Get-ChatKitThread
$threads | Where-Object Status -ne active
Get-ChatKitThread | Group-Object User -NoElement
$threads | Export-Csv $csv
Get-Content $csv
Import-Csv $csv | Get-ChatKitThread | Group-Object Status -NoElement
Get-ChatKitThread -User user_123 -CreatedBefore ([datetime]::Now.AddDays(-30)) | Remove-ChatKitThread -WhatIf
Get-ChatKitThread -Id cthr_abc123 | Get-ChatKitThreadItem -First 4
Get-ChatKitThread -Id cthr_missing
