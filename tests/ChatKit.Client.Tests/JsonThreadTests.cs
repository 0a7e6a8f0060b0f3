// A thread, as the schema, the published example and the field spell it.
using System;
using System.Linq;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class JsonThreadTests
{
    private const string UserItem = """
        {"id":"cthi_user_001","object":"chatkit.thread_item","type":"user_message",
            "content":[{"type":"input_text","text":"I need help debugging an onboarding issue."}],"attachments":[]}
        """;

    private const string AssistantItem = """
        {"id":"cthi_assistant_002","object":"chatkit.thread_item","type":"assistant_message",
            "content":[{"type":"output_text","text":"Let's start by confirming the workflow version you deployed."}]}
        """;

    private const string PublishedExample = $$$"""
        {"id":"cthr_abc123","object":"chatkit.thread","title":"Customer escalation",
         "items":{"data":[
           {{{UserItem}}},
           {{{AssistantItem}}}],
          "has_more":false}}
        """;

    [Fact]
    public async Task Loads_the_published_example_as_it_stands()
    {
        ChatKitThread thread = await FakeServer.ReadAsync(PublishedExample, "cthr_abc123");

        Assert.Equal(("cthr_abc123", "Customer escalation", "active"), (thread.Id, thread.Title, thread.Status));
        Assert.Equal((null, null, null), (thread.StatusReason, thread.User, thread.CreatedAt));
        Assert.Equal(PublishedExample, thread.ToJson());
        Assert.Equal("cthr_abc123", thread.ToString());
        Assert.Equal(2, thread.GetItems().Count);

        ChatKitUserMessage question = Assert.IsType<ChatKitUserMessage>(thread.GetItems()[0]);
        Assert.Equal(
            ("cthi_user_001", "chatkit.user_message", "cthr_abc123", null),
            (question.Id, question.Type, question.ThreadId, question.CreatedAt));
        Assert.Equal("I need help debugging an onboarding issue.", question.Text);
        Assert.IsType<ChatKitInputText>(Assert.Single(question.Content));
        Assert.Empty(question.Attachments);
        Assert.Equal(UserItem, question.ToJson());

        ChatKitAssistantMessage answer = Assert.IsType<ChatKitAssistantMessage>(thread.GetItems()[1]);
        Assert.Equal(("cthi_assistant_002", "chatkit.assistant_message"), (answer.Id, answer.Type));
        Assert.Equal("Let's start by confirming the workflow version you deployed.", answer.Text);
        Assert.Empty(Assert.IsType<ChatKitOutputText>(Assert.Single(answer.Content)).Annotations);
        Assert.Equal(AssistantItem, answer.ToJson());
    }

    [Fact]
    public async Task Reads_every_field_of_the_schema()
    {
        ChatKitThread thread = await FakeServer.ReadAsync("""
            {"user":"user_42","status":{"type":"closed","reason":"Done"},"created_at":1712345678,"title":"Gr\u00fc\u00dfe \"x\"\n",
             "object":"chatkit.thread","id":"cthr_1","brand_new":{"id":"other","title":[1]}}
            """);

        Assert.Equal(
            ("cthr_1", "Grüße \"x\"\n", "user_42", "closed", "Done"),
            (thread.Id, thread.Title, thread.User, thread.Status, thread.StatusReason));
        Assert.Equal(new DateTime(2024, 4, 5, 19, 34, 38), thread.CreatedAt!.Value.ToUniversalTime());
        Assert.Empty(thread.GetItems());
    }

    [Theory]
    [InlineData("""{"id":"cthr_1"}""")]
    [InlineData(
        """{"id":"cthr_1","object":null,"title":null,"user":null,"created_at":null,"status":null,"items":null}""")]
    [InlineData("""{"id":"cthr_1","items":{}}""")]
    [InlineData("""{"id":"cthr_1","items":{"data":null,"first_id":null}}""")]
    [InlineData("""{"id":"cthr_1","items":{"object":"list","data":[],"has_more":true}}""")]
    [InlineData("""{"id":"cthr_1","items":{"data":[null,null]}}""")]
    public async Task Needs_nothing_but_the_id(string json)
    {
        ChatKitThread thread = await FakeServer.ReadAsync(json);

        Assert.Equal(
            ("active", null, null, null, null),
            (thread.Status, thread.StatusReason, thread.Title, thread.User, thread.CreatedAt));
        Assert.Empty(thread.GetItems());
        Assert.Equal(json, thread.ToJson());
    }

    [Theory]
    [InlineData("""{"type":"active"}""", "active", null)]
    [InlineData("""{"type":"locked","reason":"Spam"}""", "locked", "Spam")]
    [InlineData("""{"reason":"Spam","type":"locked"}""", "locked", "Spam")]
    [InlineData("""{"type":"locked","reason":null}""", "locked", null)]
    [InlineData("""{"type":"locked"}""", "locked", null)]
    [InlineData("""{"by":{"type":"active","reason":"x"},"type":"closed","reason":"","at":[{}]}""", "closed", "")]
    [InlineData("""{"type":"\u006cocked","reason":"Spam"}""", "locked", "Spam")]
    [InlineData("""{"type":"lockeD"}""", "lockeD", null)]
    [InlineData("""{"type":"Archived","reason":"Old"}""", "Archived", "Old")]
    [InlineData("""{"type":"archived","reason":{"type":"locked"}}""", "archived", null)]
    [InlineData("\"locked\"", "locked", null)]
    [InlineData("\"on_hold\"", "on_hold", null)]
    [InlineData("null", "active", null)]
    [InlineData("{}", "active", null)]
    [InlineData("""{"type":null}""", "active", null)]
    public async Task Reads_the_status_in_every_form(string status, string type, string? reason)
    {
        ChatKitThread thread = await FakeServer.ReadAsync($$"""{"status":{{status}},"id":"cthr_1","title":"after"}""");

        Assert.Equal((type, reason, "after"), (thread.Status, thread.StatusReason, thread.Title));
    }

    [Theory]
    [InlineData(""""status":5"""")]
    [InlineData(""""status":["locked"]"""")]
    [InlineData(""""status":{"type":5}"""")]
    [InlineData(""""title":{}"""")]
    [InlineData(""""user":7"""")]
    [InlineData(""""object":["chatkit.thread"]"""")]
    [InlineData(""""items":"none"""")]
    [InlineData(""""items":{"data":{}}"""")]
    public async Task Guesses_nothing_where_a_known_field_has_another_form(string field)
    {
        ChatKitApiException failure = await new FakeServer($$"""{"id":"cthr_1",{{field}}}""").FailAsync();

        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public async Task Gives_every_object_its_own_json_wherever_it_stands(string before)
    {
        const string Url = """{ "type" : "url", "source":{"url":"https://example.com/ü"} }""";
        const string Pin = """{"at":[{"é":{}}],"type":"pin","source":7}""";
        const string Output = $$"""{"annotations":[{{Url}} , {{Pin}}], "text":"日本 🎉","type":"output_text"}""";
        const string Image = """{"type":"input_image","text":["ß"]}""";
        const string Quote = """{"text":"“q”","type":"quoted_text"}""";
        const string Assistant = $$"""{"content":[ {{Output}} ],"id":"1","type":"chatkit.assistant_message"}""";
        const string User = $$"""{"type":"user_message","content":[{{Image}},{{Quote}}],"id":"2"}""";
        const string Later = """{ "id":"3", "type":"chatkit.form","fields":[{"type":"user_message","ü":"}"}] }""";
        string json = $$"""{{before}}{"title":"Ünïcödé 🎉","id":"cthr_1","items":{"data":[ {{Assistant}},{{User}}   ,{{Later}}] } , "new":1}{{before}}""";

        ChatKitThread thread = await FakeServer.ReadAsync(json);

        Assert.Equal(json, thread.ToJson());
        Assert.Equal([Assistant, User, Later], thread.GetItems().Select(item => item.ToJson()));
        ChatKitContentPart output = Assert.Single(((ChatKitAssistantMessage)thread.GetItems()[0]).Content);
        Assert.Equal(Output, output.ToJson());
        Assert.Equal([Url, Pin], ((ChatKitOutputText)output).Annotations.Select(annotation => annotation.ToJson()));
        Assert.Equal([Image, Quote], ((ChatKitUserMessage)thread.GetItems()[1]).Content.Select(part => part.ToJson()));
    }

    [Fact]
    public async Task Leaves_out_a_byte_order_mark()
    {
        ChatKitThread thread = await FakeServer.ReadAsync("\uFEFF" + PublishedExample, "cthr_abc123");

        Assert.Equal(PublishedExample, thread.ToJson());
        Assert.Equal([UserItem, AssistantItem], thread.GetItems().Select(item => item.ToJson()));
    }

    [Fact]
    public void Has_no_json_where_nothing_was_read() => Assert.Equal("", new ChatKitThread().ToJson());
}
