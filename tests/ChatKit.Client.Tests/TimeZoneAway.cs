// Puts the suite in a time zone that is not UTC, where the platform lets a process choose: local time and the server's
// cannot be taken for each other.
using System;
using System.Runtime.CompilerServices;

namespace ChatKit.Tests;

internal static class TimeZoneAway
{
#pragma warning disable CA2255 // A test project is an application.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Choose() => Environment.SetEnvironmentVariable("TZ", "Asia/Kolkata");
}
