// The HTML pages in a real Chromium, driven by the scripts in tests/Browser.
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class BrowserTests
{
    /// <summary>Guards against a hang; milliseconds.</summary>
    private const int TooLong = 600_000;

    /// <summary>What a script ends with where the browser or its driver is missing.</summary>
    private const int CannotRun = 77;

    [Fact(Timeout = TooLong)]
    public async Task Search_and_filters_and_sorting_find_what_they_should() =>
        await RunAsync("find", await TestThreads.SampleAsync());

    [Fact(Timeout = TooLong)]
    public async Task Messages_are_found_and_a_hit_opens_the_thread_at_the_item_and_leads_back() =>
        await RunAsync("search", await TestThreads.SearchableAsync());

    [Fact(Timeout = TooLong)]
    public async Task Code_is_code_long_parts_are_folded_and_no_label_lies_over_another() =>
        await RunAsync("pages", await TestThreads.SearchableAsync());

    [Fact(Timeout = TooLong)]
    public async Task Ten_thousand_threads_open_with_few_rows_in_the_page() =>
        await RunAsync("many", await TestThreads.ManyAsync(10_000, mostItems: 1));

    [Fact(Timeout = TooLong)]
    public async Task Data_that_means_harm_runs_nothing_asks_for_nothing_and_moves_nothing() =>
        await RunAsync("hostile", await TestThreads.HostileAsync());

    [Fact(Timeout = TooLong)]
    public async Task Neither_page_has_a_violation_of_accessibility_in_light_dark_narrow_or_print() =>
        await RunAsync("accessibility", await TestThreads.SampleAsync());

    [Fact(Timeout = TooLong)]
    public async Task The_keyboard_is_enough() => await RunAsync("keyboard", await TestThreads.ManyAsync(250));

    [Fact(Timeout = TooLong)]
    public async Task On_paper_all_that_was_found_is_there_and_nothing_is_folded() =>
        await RunAsync("paper", [.. await TestThreads.SampleAsync(), .. await TestThreads.ManyAsync(250)]);

    /// <summary>
    /// Not a test: measures a search over 20,000 threads of 40 items each and prints what it took. Run it by name, with
    /// <c>-explicit only -showliveoutput</c>. One word is in every thread, one in one of a hundred, one in the oldest
    /// thread alone.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Speed_of_a_search_over_twenty_thousand_threads() =>
        TestContext.Current.SendDiagnosticMessage(
            await RunAsync("speed", TestThreads.Conversations(20_000, 40), "invoice", "hundredth", "oldest"));

    /// <summary>Not a test: makes the pictures in docs/. Run it by name, with <c>-explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Pictures_for_the_documentation() =>
        await RunAsync("pictures", [.. await TestThreads.ManyAsync(2400), (await TestThreads.SampleAsync()).Find(thread => thread.Id == "cthr_abc123")!], Repository.PathOf("docs"));

    private static async Task<string> RunAsync(
        string script, IEnumerable<ChatKitThread> threads, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        Archive.HtmlPages pages = new(folder.Path, "Contoso support", TestThreads.Now);
        foreach (ChatKitThread thread in threads)
        {
            pages.Add(thread, thread.GetItems(), TestContext.Current.CancellationToken);
        }

        pages.WriteIndex();

        using Process? node = Start([Repository.PathOf("tests", "Browser", script + ".js"), folder.Path, .. arguments]);
        Assert.SkipWhen(node is null, "Node is not installed.");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> output = node.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> errors = node.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await node.WaitForExitAsync(cancellation);
        }
        finally
        {
            node.Kill(true);
        }

        string said = (await output + await errors).Trim();
        Assert.SkipWhen(node.ExitCode == CannotRun, said);
        Assert.True(node.ExitCode == 0, said);
        return said;
    }

    private static Process? Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
