// The emulator behind a real socket on loopback, in a process of its own, for every test of this assembly.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;

[assembly: AssemblyFixture(typeof(ChatKit.Tests.LoopbackServer))]

// The connection that is remembered belongs to the process, so that engines that use it take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ChatKit.Tests;

public sealed class LoopbackServer : IDisposable
{
    /// <summary>Names the program to start, where it is not what the checkout's build made for <c>dotnet</c>.</summary>
    private const string ProgramVariable = "CHATKIT_LOOPBACK_SERVER";

    private readonly Process _process;
    private readonly HttpClient _control;

    public LoopbackServer()
    {
        string? program = Environment.GetEnvironmentVariable(ProgramVariable);
        ProcessStartInfo start =
            program is null ? new("dotnet", [Build(), "--no-https"]) : new(program, ["--no-https"]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        string address = _process.StandardOutput.ReadLine()!.Split(' ')[0];
        BaseUri = address + "/v1";
        _control = new() { BaseAddress = new Uri(address + "/_control/") };
    }

    /// <summary>What <c>-BaseUri</c> takes.</summary>
    public string BaseUri { get; }

    /// <summary>Forgets what was asked and what was to be answered.</summary>
    public async Task ResetAsync() =>
        (await _control.DeleteAsync(new Uri("", UriKind.Relative), Token)).EnsureSuccessStatusCode();

    /// <summary>Adds replies; the properties are those of Reply.cs.</summary>
    public async Task ReplyAsync(params object[] replies) =>
        (await _control.PostAsJsonAsync("replies", replies, Token)).EnsureSuccessStatusCode();

    /// <summary>Adds threads with their items, as a seed has them.</summary>
    public async Task SeedAsync(string json)
    {
        using StringContent content = new(json);
        (await _control.PostAsync(new Uri("threads", UriKind.Relative), content, Token)).EnsureSuccessStatusCode();
    }

    /// <summary>Waits until requests have come, those for a target where one is given.</summary>
    public void WaitForRequests(int count, string target = "")
    {
        // Each look is a request itself, which gives the others their turn. What needs longer than this is broken.
        Stopwatch clock = Stopwatch.StartNew();
        while (JournalAsync().GetAwaiter().GetResult().Count(entry => entry.Contains(target, StringComparison.Ordinal)) < count)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"No {count} requests for '{target}' came.");
        }
    }

    /// <summary>The method and target of every request, in order of arrival.</summary>
    public async Task<IReadOnlyList<string>> JournalAsync()
    {
        JsonElement journal = await _control.GetFromJsonAsync<JsonElement>("journal", Token);
        return [.. journal.EnumerateArray()
            .Select(entry => $"{entry.GetProperty("method")} {entry.GetProperty("target")}")];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _control.Dispose();
        _process.Dispose();
    }

    private static System.Threading.CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Build() =>
        new DirectoryInfo(Repository.PathOf("artifacts", "bin", "LoopbackServer"))
            .GetFiles("LoopbackServer.dll", SearchOption.AllDirectories)
                .MaxBy(file => file.LastWriteTimeUtc)?.FullName
                    ?? throw new FileNotFoundException("The loopback server is not built.");
}
