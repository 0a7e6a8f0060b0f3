// Shows the main job command by command: in the PowerShell that is installed, else in an engine of its own. Without
// --live on the emulator, which needs no key and no network; with it on the API of the key in the environment, where it
// deletes nothing.
using System;
using System.Collections;
using System.IO;
using System.Linq;
using ChatKit.Demo;
using ChatKit.Tests;

if (args.FirstOrDefault(argument => argument != "--live") is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not known. The demo takes --live alone.");
    return 1;
}

bool live = args.Contains("--live");
if (live && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OPENAI_API_KEY")))
{
    Console.Error.WriteLine("--live needs a key in the environment variable OPENAI_API_KEY.");
    return 1;
}

if (!live)
{
    foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
    {
        if (((string)variable.Key).StartsWith("OPENAI_", StringComparison.OrdinalIgnoreCase))
        {
            Environment.SetEnvironmentVariable((string)variable.Key, null);
        }
    }
}

string module = Repository.PathOf("ChatKit.psd1");
string commands = Repository.PathOf("examples", "Demo", live ? "live.ps1" : "emulator.ps1");
string csv = Path.Combine(Path.GetTempPath(), "chatkit-threads.csv");
try
{
    if (InstalledPowerShell.IsThere)
    {
        return InstalledPowerShell.Show(module, commands, csv);
    }

    Console.WriteLine("There is no PowerShell 7.4 or newer on PATH. These commands run in an engine without " +
        "PowerShell's own modules.\n");
    HostedEngine.Show(module, File.ReadLines(commands).Where(line => line.Length > 0 && line[0] != '#'), csv);
    return 0;
}
finally
{
    File.Delete(csv);
}
