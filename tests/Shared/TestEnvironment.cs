// Runs first in every test process: no developer's key or proxy reaches a test, and the default address is a port that
// nothing listens on.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ChatKit.Tests;

internal static class TestEnvironment
{
    /// <summary>The port is that of "discard", which needs privileges to listen on.</summary>
    public const string DeadBaseUrl = "http://127.0.0.1:9/v1";

    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];

    /// <summary>The variables of this process that a test process must not have.</summary>
    public static IEnumerable<string> UnwantedVariables =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(name =>
            name.StartsWith("OPENAI_", StringComparison.OrdinalIgnoreCase) || ProxyVariables.Contains(name, StringComparer.OrdinalIgnoreCase));

#pragma warning disable CA2255 // A test project is an application.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Clean()
    {
        foreach (string name in UnwantedVariables.ToArray())
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Environment.SetEnvironmentVariable("OPENAI_BASE_URL", DeadBaseUrl);
    }
}
