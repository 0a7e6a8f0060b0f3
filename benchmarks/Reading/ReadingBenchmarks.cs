// Reading a page of 100 threads and one of 100 items: the library, and plain classes with source-generated metadata,
// from the same bytes.
using System;
using System.Linq;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ChatKit.Json;

namespace ChatKit.Benchmarks.Reading;

[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class ReadingBenchmarks
{
    private const string Thread = "cthr_00000001";

    private static readonly byte[] Threads = Pages.Threads();
    private static readonly byte[] Items = Pages.Items();

    /// <summary>Only what reads the same is compared.</summary>
    [GlobalSetup]
    public void Check()
    {
        string?[] plain = [.. PlainItemsOf(Items).Data!.Select(item => item.Content is null ? item.Id : string.Join('\n', item.Content.Select(part => part.Text)))];
        string?[] own = [.. ChatKitJson.ReadItemPage(Items, Thread).Data.Select(item => item switch
        {
            ChatKitUserMessage message => string.Join('\n', message.Content.Select(part => part.Text)),
            ChatKitAssistantMessage message => item.Text,
            _ => item.Id,
        })];
        if (!plain.SequenceEqual(own) || !PlainThreadsOf(Threads).Data!.Select(thread => thread.Id).SequenceEqual(ChatKitJson.ReadThreadPage(Threads).Data.Select(thread => thread.Id)))
        {
            throw new InvalidOperationException("The library and the plain classes do not read the same.");
        }
    }

    [Benchmark(Baseline = true, Description = "plain classes")]
    [BenchmarkCategory("100 threads")]
    public object PlainThreads() => PlainThreadsOf(Threads);

    [Benchmark(Description = "ChatKit.Client")]
    [BenchmarkCategory("100 threads")]
    public object OwnThreads() => ChatKitJson.ReadThreadPage(Threads);

    [Benchmark(Baseline = true, Description = "plain classes")]
    [BenchmarkCategory("100 items")]
    public object PlainItems() => PlainItemsOf(Items);

    [Benchmark(Description = "ChatKit.Client")]
    [BenchmarkCategory("100 items")]
    public object OwnItems() => ChatKitJson.ReadItemPage(Items, Thread);

    private static PlainPage<PlainThread> PlainThreadsOf(byte[] page) =>
        JsonSerializer.Deserialize(page, PlainJson.Default.PlainPagePlainThread)!;

    private static PlainPage<PlainItem> PlainItemsOf(byte[] page) =>
        JsonSerializer.Deserialize(page, PlainJson.Default.PlainPagePlainItem)!;
}
