# The main job, against the API of the key in the environment. It reads the newest five threads, and deletes nothing.
Get-ChatKitConnection
$threads = Get-ChatKitThread -First 5
$threads
$threads | Get-ChatKitThread | Where-Object Status -ne active
$threads | Export-Csv $csv
Import-Csv $csv | Get-ChatKitThread | Group-Object Status -NoElement
$threads | Get-ChatKitThreadItem -First 4
$threads | Remove-ChatKitThread -WhatIf
Get-ChatKitThread -Id cthr_missing
