// What holds for every answer, whatever is in it: it is read as an object that can be shown, or it is an
// InvalidResponse.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class PropertyTests
{
    // Only a reader that hangs takes so long.
    private const int Hung = 300_000;

    // Each is read five times; most of the time goes into exceptions. Mono is ten times slower.
#if NETFRAMEWORK
    private const int Answers = 100;
    private const int Step = 20;
#else
    private const int Answers = 500;
    private const int Step = 1;
#endif

    // The same answers every time; a failure prints the seed of its own. Another seed makes others.
    private const ulong Seed = 20260814;
    private const ulong Gamma = 1000003;

    private static readonly Reading[] All =
        [Reading.Thread, Reading.Threads, Reading.Items, Reading.Deletion, Reading.Session];

    [Fact(Timeout = Hung)]
    public Task Any_json_is_an_object_or_no_answer() => CheckAsync(AnyJson.Trees());

    [Fact(Timeout = Hung)]
    public Task Any_valid_answer_with_something_done_to_it_is_an_object_or_no_answer() =>
        CheckAsync(AnyJson.Mutations());

    [Fact(Timeout = Hung)]
    public async Task Any_value_of_a_valid_answer_may_be_any_other()
    {
        Tally tally = new();
        foreach ((Reading reading, AnyAnswer answer) in AnyJson.Replacements(Step))
        {
            Exception? failure = await Record.ExceptionAsync(() => ReadAsync(answer.Body, tally, [reading]));
            Assert.True(failure is null, $"{answer}: {failure}");
        }

        Assert.All(tally.Objects, objects => Assert.NotEqual(0, objects));
    }

    private static async Task CheckAsync(Arbitrary<AnyAnswer> answers)
    {
        Tally tally = new();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Answers).WithReplay(Seed, Gamma);
        await Task.Run(
            () => Check.One(config, Prop.ForAll(answers, answer => ReadAsync(answer.Body, tally, All))),
            TestContext.Current.CancellationToken);

        // Neither the one nor the other is rare, so that both are tested.
        Assert.All(tally.Objects, objects => Assert.InRange(objects, Answers / 50, Answers));
        Assert.InRange(tally.Refusals, Answers, Answers * 5);
    }

    private static async Task ReadAsync(byte[] body, Tally tally, IEnumerable<Reading> readings)
    {
        FakeServer server = new(_ => FakeServer.Response(body));
        using ChatKitClient client = new(server.Options, server);
        CancellationToken token = TestContext.Current.CancellationToken;
        foreach (Reading reading in readings)
        {
            try
            {
                Show(reading switch
                {
                    Reading.Thread => await client.GetThreadAsync("cthr_1", server, token),
                    Reading.Threads => await client.ListThreadsAsync(null, server, token),
                    Reading.Items => await client.ListItemsAsync("cthr_1", null, server, token),
                    Reading.Deletion => await client.DeleteThreadAsync("cthr_1", server, token),
                    _ => (object)await client.CreateSessionAsync(new() { WorkflowId = "w", User = "u" }, server, token),
                });
                tally.Objects[(int)reading]++;
            }
            catch (ChatKitApiException e) when (e.Kind == ChatKitErrorKind.InvalidResponse)
            {
                Assert.Equal(PrintableText.OneLine(e.Message), e.Message);
                tally.Refusals++;
            }
        }

        foreach (Func<Task<object>> keep in new Func<Task<object>>[]
        {
            async () => await client.GetRawThreadAsync("cthr_1", server, token),
            async () => await client.ListRawThreadsAsync(new(), server, token),
        })
        {
            try
            {
                Show(await keep());
            }
            catch (ChatKitApiException e) when (e.Kind == ChatKitErrorKind.InvalidResponse)
            {
                // The other thing that may be.
            }
        }

        Assert.All(server.Exchanges, exchange => Assert.Equal(
            PrintableText.Lines(exchange.ToDetailedString()), exchange.ToDetailedString()));
    }

    /// <summary>Looks at all that there is to see of something that was read.</summary>
    private static void Show(object? read)
    {
        if (read is null or string or DateTime or ValueType or System.Security.SecureString)
        {
            return;
        }

        if (read is IEnumerable list)
        {
            foreach (object? element in list)
            {
                Assert.NotNull(element);
                Show(element);
            }

            return;
        }

        Assert.NotNull(read.ToString());
        foreach (PropertyInfo property in read.GetType().GetProperties())
        {
            Show(property.GetValue(read));
        }

        if (read is ChatKitObject known)
        {
            using JsonDocument json = JsonDocument.Parse(known.ToJson());
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        }

        if (read is ChatKitThread thread)
        {
            Assert.False(string.IsNullOrWhiteSpace(thread.Id));
            Show(thread.GetItems());
        }
    }

    private sealed class Tally
    {
        /// <summary>How often each reading gave an object.</summary>
        public int[] Objects { get; } = new int[All.Length];

        public int Refusals { get; set; }
    }
}
