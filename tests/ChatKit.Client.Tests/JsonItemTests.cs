// Every kind of item in both spellings, and what this version does not know.
using System;
using System.Linq;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class JsonItemTests
{
    private const string Common =
        """ "id":"cthi_1","object":"chatkit.thread_item","created_at":60,"thread_id":"cthr_9" """;

    [Theory]
    [InlineData("")]
    [InlineData("chatkit.")]
    public async Task Reads_a_user_message(string prefix)
    {
        ChatKitUserMessage item = await FakeServer.ReadItemAsync<ChatKitUserMessage>($$$"""
            {{{{Common}}},"type":"{{{prefix}}}user_message",
             "content":[{"type":"quoted_text","text":"Two\nlines"},{"type":"input_text","text":"Why?"},{"type":"input_audio"}],
             "attachments":[{"type":"image","id":"file_1","name":"a.png","mime_type":"image/png","preview_url":"https://example.com/a"},
                            {"type":"hologram","id":"file_2"},null],
             "inference_options":{"tool_choice":{"id":"search"},"model":"gpt-x"}}
            """);

        AssertCommon(item, "chatkit.user_message");
        Assert.Equal("> Two\n> lines\nWhy?\n[input_audio]", item.Text);
        Assert.Equal(
            [typeof(ChatKitQuotedText), typeof(ChatKitInputText), typeof(ChatKitUnknownContentPart)],
            item.Content.Select(part => part.GetType()));
        Assert.Equal(["quoted_text", "input_text", "input_audio"], item.Content.Select(part => part.Type));
        Assert.Equal(["Two\nlines", "Why?", "[input_audio]"], item.Content.Select(part => part.ToString()));

        Assert.Equal(2, item.Attachments.Count);
        ChatKitAttachment image = item.Attachments[0];
        Assert.Equal(
            ("image", "file_1", "a.png", "image/png", "https://example.com/a", "a.png"),
            (image.Type, image.Id, image.Name, image.MimeType, image.PreviewUrl, image.ToString()));
        ChatKitAttachment bare = item.Attachments[1];
        Assert.Equal(
            ("hologram", "file_2", null, null, null, "file_2"),
            (bare.Type, bare.Id, bare.Name, bare.MimeType, bare.PreviewUrl, bare.ToString()));

        Assert.Equal(
            ("gpt-x", "search", "gpt-x, search"),
            (item.InferenceOptions!.Model, item.InferenceOptions.ToolId, item.InferenceOptions.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("chatkit.")]
    public async Task Reads_an_assistant_message(string prefix)
    {
        ChatKitAssistantMessage item = await FakeServer.ReadItemAsync<ChatKitAssistantMessage>($$$"""
            {{{{Common}}},"type":"{{{prefix}}}assistant_message","content":[{"type":"output_text","text":"See:","annotations":[
              {"type":"file","source":{"type":"file","filename":"a.pdf"}},{"type":"url","source":{"type":"url","url":"https://example.com"}},
              {"type":"map","source":[],"id":{}},{"type":"file"},{"type":"url","source":{}},null]},{"type":"refusal","refusal":"No"}]}
            """);

        AssertCommon(item, "chatkit.assistant_message");
        Assert.Equal("See:\n[refusal]", item.Text);
        var annotations = Assert.IsType<ChatKitOutputText>(item.Content[0]).Annotations;
        Assert.Equal(["file", "url", "map", "file", "url"], annotations.Select(annotation => annotation.Type));
        Assert.Equal(
            ["a.pdf", "https://example.com", "[map]", "", ""], annotations.Select(annotation => annotation.ToString()));
        Assert.Equal(
            ("a.pdf", null),
            (((ChatKitFileAnnotation)annotations[0]).FileName, ((ChatKitFileAnnotation)annotations[3]).FileName));
        Assert.Equal(
            ("https://example.com", null),
            (((ChatKitUrlAnnotation)annotations[1]).Url, ((ChatKitUrlAnnotation)annotations[4]).Url));
        Assert.IsType<ChatKitUnknownAnnotation>(annotations[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("chatkit.")]
    public async Task Reads_a_widget_a_tool_call_and_tasks(string prefix)
    {
        ChatKitWidget widget = await FakeServer.ReadItemAsync<ChatKitWidget>(
            $$"""{{{Common}},"widget":"{\"type\":\"Card\"}","type":"{{prefix}}widget"}""");
        AssertCommon(widget, "chatkit.widget");
        Assert.Equal(("""{"type":"Card"}""", """{"type":"Card"}"""), (widget.Widget, widget.Text));

        ChatKitClientToolCall call = await FakeServer.ReadItemAsync<ChatKitClientToolCall>(
            $$"""{{{Common}},"type":"{{prefix}}client_tool_call","status":"completed","call_id":"call_1","name":"locate","arguments":"{\"a\":1}","output":"[2]"}""");
        AssertCommon(call, "chatkit.client_tool_call");
        Assert.Equal(
            ("completed", "call_1", "locate", """{"a":1}""", "[2]"),
            (call.Status, call.CallId, call.Name, call.Arguments, call.Output));
        Assert.Equal("""locate({"a":1}) → [2]""", call.Text);

        ChatKitTask task = await FakeServer.ReadItemAsync<ChatKitTask>(
            $$"""{{{Common}},"type":"{{prefix}}task","task_type":"thought","heading":"Think","summary":"Hard"}""");
        AssertCommon(task, "chatkit.task");
        Assert.Equal(
            ("thought", "Think", "Hard", "Think: Hard"), (task.TaskType, task.Heading, task.Summary, task.Text));

        ChatKitTaskGroup group = await FakeServer.ReadItemAsync<ChatKitTaskGroup>(
            $$"""{{{Common}},"type":"{{prefix}}task_group","tasks":[{"type":"custom","heading":"A","summary":null},{"summary":"B"},null,{"heading":"C","summary":"D"}]}""");
        AssertCommon(group, "chatkit.task_group");
        Assert.Equal("A\nB\nC: D", group.Text);
        Assert.Equal([("custom", "A", null), (null, null, "B"), (null, "C", "D")], group.Tasks.Select(
            step => (step.Type, step.Heading, step.Summary)));
        Assert.Equal("C: D", group.Tasks[2].ToString());
    }

    [Theory]
    [InlineData("user_message", "")]
    [InlineData("assistant_message", "")]
    [InlineData("widget", "")]
    [InlineData("client_tool_call", "()")]
    [InlineData("task", "")]
    [InlineData("task_group", "")]
    public async Task Needs_nothing_but_the_type(string type, string text)
    {
        string bare = $$"""{"type":"{{type}}"}""";
        string nulls = $$"""
            {"id":null,"object":null,"created_at":null,"thread_id":null,"type":"{{type}}","content":null,"attachments":null,"inference_options":null,"widget":null,
             "status":null,"call_id":null,"name":null,"arguments":null,"output":null,"task_type":null,"heading":null,"summary":null,"tasks":null}
            """;

        foreach (string json in new[] { bare, nulls })
        {
            ChatKitThread thread = await FakeServer.ReadAsync($$"""{"id":"cthr_1","items":{"data":[{{json}}]} }""");
            ChatKitThreadItem item = Assert.Single(thread.GetItems());
            Assert.Equal(
                ("chatkit." + type, "", "cthr_1", null, text),
                (item.Type, item.Id, item.ThreadId, item.CreatedAt, item.Text));
            Assert.Equal(json, item.ToJson());
        }
    }

    [Fact]
    public async Task Reads_parts_that_have_nothing_but_nulls()
    {
        ChatKitUserMessage question = await FakeServer.ReadItemAsync<ChatKitUserMessage>("""
            {"type":"user_message","content":[{"type":"input_text","text":null},null,{"type":"quoted_text"}],"attachments":[{"type":null,"id":null,"name":null}],
             "inference_options":{"tool_choice":null,"model":null}}
            """);
        ChatKitAssistantMessage answer = await FakeServer.ReadItemAsync<ChatKitAssistantMessage>("""
            {"type":"assistant_message","content":[{"type":"output_text","text":null,"annotations":null},{"type":"output_text","annotations":[{"type":"file","source":null}]}]}
            """);

        Assert.Equal("\n> ", question.Text);
        Assert.Equal(
            ("", "", ""),
            (question.Attachments[0].Type, question.Attachments[0].Id, question.Attachments[0].ToString()));
        Assert.Equal((null, ""), (question.InferenceOptions!.ToolId, question.InferenceOptions.ToString()));
        Assert.Equal("\n", answer.Text);
        Assert.Empty(((ChatKitOutputText)answer.Content[0]).Annotations);
    }

    [Theory]
    [InlineData("""{"type":"url","source":{"type":null,"url":"u"}}""", "u")]
    [InlineData("""{"type":"url","source":{"url":null,"type":"url"}}""", null)]
    [InlineData("""{"type":"url","source":{"new":[{"url":"x"}],"url":"u"},"url":"x"}""", "u")]
    [InlineData("""{"type":"url","source":{"url":"x","url":"u"}}""", "u")]
    [InlineData("""{"type":"url","source":{"url":"x"},"source":{}}""", null)]
    [InlineData("""{"source":{"filename":"x","url":"u"},"type":"url"}""", "u")]
    public async Task Reads_the_source_of_an_annotation_whatever_else_is_in_it(string json, string? url)
    {
        ChatKitAssistantMessage item = await FakeServer.ReadItemAsync<ChatKitAssistantMessage>(
            $$$"""{"type":"assistant_message","content":[{"type":"output_text","annotations":[{{{json}}},{"type":"file","source":{"filename":"f"}}],"text":"after"}]}""");

        ChatKitOutputText part = Assert.IsType<ChatKitOutputText>(Assert.Single(item.Content));
        Assert.Equal(
            (url, json), (Assert.IsType<ChatKitUrlAnnotation>(part.Annotations[0]).Url, part.Annotations[0].ToJson()));
        Assert.Equal(("f", "after"), (part.Annotations[1].Text, part.Text));
    }

    [Theory]
    [InlineData("""{"type":"task","id":"a","task_type":"thought","heading":"H"}""")]
    [InlineData("""{"id":"a","task_type":"thought","heading":"H","type":"task"}""")]
    [InlineData("""{"id":"a","extra":{"type":"widget","x":[{"type":"user_message"}]},"task_type":"thought","type":"task","heading":"H"}""")]
    [InlineData("""{"id":"a","heading":"H","t\u0079pe":"task","task_type":"thought"}""")]
    public async Task Finds_the_type_wherever_it_stands(string json)
    {
        ChatKitTask task = await FakeServer.ReadItemAsync<ChatKitTask>(json);

        Assert.Equal(("a", "thought", "H"), (task.Id, task.TaskType, task.Heading));
    }

    [Theory]
    [InlineData("""{"type":"structured_input"}""", "structured_input")]
    [InlineData(
        """{"type":"chatkit.structured_input","id":"x","thread_id":"t"}""", "chatkit.structured_input", "x", "t")]
    [InlineData(
        """{"id":7,"thread_id":{"id":"t"},"created_at":"soon","content":"none","text":{"a":[{}]},"type":"new"}""",
        "new")]
    [InlineData("""{"type":"new","created_at":1e300,"id":"x"}""", "new", "x")]
    [InlineData("""{"type":"new","created_at":[{"type":"task"}],"id":["x"],"thread_id":null}""", "new")]
    [InlineData("""{"type":"chatkit.chatkit.task","heading":5}""", "chatkit.chatkit.task")]
    [InlineData("""{"type":"Task","heading":5}""", "Task")]
    [InlineData("""{"type":"","id":"x"}""", "", "x")]
    [InlineData("""{"type":null}""", "")]
    [InlineData("""{"type":{"type":"task"},"heading":5}""", "")]
    [InlineData("""{"id":"x","content":[{"type":5}]}""", "", "x")]
    [InlineData("{}", "")]
    public async Task Keeps_an_item_of_an_unknown_kind(
        string json, string type, string id = "", string threadId = "cthr_1")
    {
        ChatKitThread thread = await FakeServer.ReadAsync(
            $$"""{"id":"cthr_1","items":{"data":[{{json}},{"type":"task","heading":"after"}]} }""");

        ChatKitUnknownItem item = Assert.IsType<ChatKitUnknownItem>(thread.GetItems()[0]);
        Assert.Equal(
            (type, id, threadId, null, $"[{type}]"),
            (item.Type, item.Id, item.ThreadId, item.CreatedAt, item.ToString()));
        Assert.Equal(json, item.ToJson());
        Assert.Equal("after", thread.GetItems()[1].Text);
    }

    [Theory]
    [InlineData("""{"type":"input_image","text":{"a":1},"image":[[]]}""", "input_image")]
    [InlineData("""{"text":5,"annotations":{"type":"file"},"type":"chatkit.output_text"}""", "chatkit.output_text")]
    [InlineData("""{"text":"words"}""", "")]
    [InlineData("""{"type":["input_text"]}""", "")]
    public async Task Keeps_a_part_and_an_annotation_of_an_unknown_kind(string json, string type)
    {
        ChatKitAssistantMessage item = await FakeServer.ReadItemAsync<ChatKitAssistantMessage>(
            $$"""{"type":"assistant_message","content":[{{json}},{"type":"output_text","annotations":[{{json}}],"text":"after"}]}""");

        ChatKitUnknownContentPart part = Assert.IsType<ChatKitUnknownContentPart>(item.Content[0]);
        Assert.Equal((type, $"[{type}]", json), (part.Type, part.Text, part.ToJson()));
        ChatKitUnknownAnnotation annotation =
            Assert.IsType<ChatKitUnknownAnnotation>(Assert.Single(((ChatKitOutputText)item.Content[1]).Annotations));
        Assert.Equal((type, $"[{type}]", json), (annotation.Type, annotation.Text, annotation.ToJson()));
        Assert.Equal("after", item.Content[1].Text);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("""{"type":"task","heading":{}}""")]
    [InlineData("""{"type":"user_message","content":["Hello"]}""")]
    [InlineData("""{"type":"user_message","content":{"type":"input_text"}}""")]
    [InlineData("""{"type":"assistant_message","content":[{"type":"output_text","text":5}]}""")]
    [InlineData("""{"type":"assistant_message","content":[{"type":"output_text","annotations":[false]}]}""")]
    [InlineData("""{"type":"assistant_message","content":[{"type":"output_text","annotations":{}}]}""")]
    [InlineData("""{"type":"assistant_message","content":[{"type":"output_text","annotations":[{"type":"url","source":"u"}]}]}""")]
    [InlineData("""{"type":"assistant_message","content":[{"type":"output_text","annotations":[{"type":"file","source":{"filename":5}}]}]}""")]
    public async Task Guesses_nothing_where_a_known_kind_has_another_form(string json)
    {
        ChatKitApiException failure =
            await new FakeServer($$"""{"id":"cthr_1","items":{"data":[{{json}}]} }""").FailAsync();

        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
    }

    [Theory]
    [InlineData("""{"type":"task","heading":"x","type":"widget"}""", typeof(ChatKitWidget))]
    [InlineData("""{"type":"form","heading":"x","type":"task"}""", typeof(ChatKitTask))]
    [InlineData("""{"type":"task","heading":"x","type":"form"}""", typeof(ChatKitUnknownItem))]
    [InlineData("""{"type":"task","heading":{},"type":"widget"}""", typeof(ChatKitWidget))]
    [InlineData("""{"type":"task","heading":{},"type":{"type":"task"}}""", typeof(ChatKitUnknownItem))]
    [InlineData("""{"type":"task","heading":"x","type":null}""", typeof(ChatKitUnknownItem))]
    [InlineData("""{"type":5,"heading":"x","type":"task"}""", typeof(ChatKitTask))]
    [InlineData("""{"type":"task","type":"widget","type":"task","heading":"x"}""", typeof(ChatKitTask))]
    public async Task Takes_the_last_of_several_kinds_of_an_item(string json, Type kind)
    {
        ChatKitThread thread = await FakeServer.ReadAsync(
            $$"""{"id":"cthr_1","items":{"data":[{{json}},{"type":"task","heading":"after"}]} }""");

        Assert.Equal((kind, json), (thread.GetItems()[0].GetType(), thread.GetItems()[0].ToJson()));
        Assert.Equal("after", thread.GetItems()[1].Text);
    }

    [Theory]
    [InlineData("""{"type":"input_text","text":"x","type":"quoted_text"}""", "quoted_text")]
    [InlineData("""{"type":"file","source":{"filename":5,"url":"x"},"text":"x","type":"url"}""", "url")]
    [InlineData("""{"type":"output_text","annotations":5,"text":"x","type":["input_text"]}""", "")]
    [InlineData("""{"type":"output_text","annotations":5,"text":"x","type":"input_text"}""", "input_text")]
    public async Task Takes_the_last_of_several_kinds_of_a_part_and_of_an_annotation(string json, string type)
    {
        ChatKitAssistantMessage item = await FakeServer.ReadItemAsync<ChatKitAssistantMessage>(
            $$"""{"type":"assistant_message","content":[{{json}},{"type":"output_text","annotations":[{{json}}],"text":"after"}]}""");

        Assert.Equal(type, item.Content[0].Type);
        Assert.Equal(type, Assert.Single(((ChatKitOutputText)item.Content[1]).Annotations).Type);
        Assert.Equal("after", item.Content[1].Text);
    }

    private static void AssertCommon(ChatKitThreadItem item, string type)
    {
        Assert.Equal((type, "cthi_1", "cthr_9"), (item.Type, item.Id, item.ThreadId));
        Assert.Equal(new DateTime(1970, 1, 1, 0, 1, 0), item.CreatedAt!.Value.ToUniversalTime());
        Assert.Equal(item.Text, item.ToString());
    }
}
