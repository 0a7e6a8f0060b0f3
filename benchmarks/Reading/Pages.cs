// The pages that are read: as the API sends them, of every status and every kind of item, mostly of what is there most.
// Always the same bytes.
using System.Linq;
using System.Text;

namespace ChatKit.Benchmarks.Reading;

internal static class Pages
{
    private const int Count = 100;
    private const long FirstSecond = 1_700_000_000;

    public static byte[] Threads() => Page([.. Enumerable.Range(1, Count).Select(Thread)], $"cthr_{Count:d8}");

    public static byte[] Items() => Page([.. Enumerable.Range(1, Count).Select(Item)], $"cthi_{Count:d8}");

    private static byte[] Page(string[] elements, string lastId) =>
        Encoding.UTF8.GetBytes($$"""{"object":"list","data":[{{string.Join(",", elements)}}],"first_id":null,"last_id":"{{lastId}}","has_more":true}""");

    private static string Thread(int number)
    {
        string status = (number % 10) switch
        {
            3 => """{"type":"locked","reason":"Policy review"}""",
            7 => """{"type":"closed","reason":null}""",
            _ => """{"type":"active"}""",
        };
        string title = number % 5 == 0 ? "null" : $"\"Where is order {number}?\"";
        return $$"""{"id":"cthr_{{number:d8}}","object":"chatkit.thread","created_at":{{FirstSecond - (60 * number)}},"title":{{title}},"status":{{status}},"user":"user_{{number % 30}}"}""";
    }

    private static string Item(int number)
    {
        string rest = (number % 10) switch
        {
            0 => number % 20 == 0
                ? "chatkit.task\",\"task_type\":\"thought\",\"heading\":\"Look the order up\",\"summary\":\"It was " +
                    "sent on Monday.\""
                : "chatkit.task_group\",\"tasks\":[{\"type\":\"custom\",\"heading\":\"Look the order " +
                    "up\",\"summary\":null},{\"type\":\"thought\",\"heading\":null,\"summary\":\"Sent on Monday.\"}]",
            9 => number % 20 == 9
                ? "chatkit.client_tool_call\",\"status\":\"completed\",\"call_id\":\"call_7\",\"name\":\"find_order\",\"arguments\":\"{\\\"order\\\":7}\",\"output\":\"{\\\"sent\\\":true}\""
                : "chatkit.widget\",\"widget\":\"{\\\"type\\\":\\\"Card\\\",\\\"children\\\":[{\\\"type\\\":\\\"Text\\\",\\\"value\\\":\\\"Thursday\\\"}]}\"",
            8 => Assistant("""{"type":"file","source":{"type":"file","filename":"terms.pdf"}},{"type":"url","source":{"type":"url","url":"https://example.com/track/7"}}"""),
            7 => User(
                """{"type":"quoted_text","text":"The carrier says Thursday."},""",
                """{"type":"image","id":"file_7","name":"parcel.png","mime_type":"image/png","preview_url":"https://example.com/p/7"}""",
                """{"tool_choice":{"id":"find_order"},"model":"gpt-5"}"""),
            2 or 4 or 6 => Assistant(""),
            _ => User("", "", "null"),
        };
        return $$"""{"id":"cthi_{{number:d8}}","object":"chatkit.thread_item","created_at":{{FirstSecond + number}},"thread_id":"cthr_00000001","type":"{{rest}}}""";
    }

    private static string User(string quote, string attachments, string options) =>
        $$"""chatkit.user_message","content":[{{quote}}{"type":"input_text","text":"My order has not come, and nobody answers. Where is it?"}],"attachments":[{{attachments}}],"inference_options":{{options}}""";

    private static string Assistant(string annotations) =>
        $$"""chatkit.assistant_message","content":[{"type":"output_text","text":"It left our store on Monday; the carrier says Thursday.","annotations":[{{annotations}}]}]""";
}
