// White space goes, and not a byte more.
using System;
using System.Text;
using System.Text.Json;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class JsonMinifierTests
{
    [Theory]
    [InlineData("{ }", "{}")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("\t{\r\n  \"a\" : [ 1 , 2 ] ,\n\"b\":\tnull }\n", "{\"a\":[1,2],\"b\":null}")]
    [InlineData("""{ "a b" : " c\t d " }""", """{"a b":" c\t d "}""")]
    [InlineData("""[ "\" ", "\\", " \\\" " ]""", """["\" ","\\"," \\\" "]""")]
    [InlineData("""[ 1.50, -0, 1E+2, 1e-400, 123456789012345678901234567890, 0.1000 ]""", """[1.50,-0,1E+2,1e-400,123456789012345678901234567890,0.1000]""")]
    [InlineData("""{ "a" : 1, "a" : 2, "\u0061": 3 }""", """{"a":1,"a":2,"\u0061":3}""")]
    [InlineData("""[ "\u00e9 é \/ / 🧾 \ud83e\uddfe" , true , false ]""", """["\u00e9 é \/ / 🧾 \ud83e\uddfe",true,false]""")]
    [InlineData("[ \"\u00a0 \u2028 \u3000 \ufeff \u0085\" ]", "[\"\u00a0 \u2028 \u3000 \ufeff \u0085\"]")]
    [InlineData("\" \"", "\" \"")]
    [InlineData("[[ [ ] ],{ \"\" : \"\" } ]", "[[[]],{\"\":\"\"}]")]
    public void Only_white_space_between_tokens_is_left_out(string json, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonMinifier.Minify(Encoding.UTF8.GetBytes(json))));
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonMinifier.Minify(Encoding.UTF8.GetBytes(expected))));
    }

    [Fact]
    public void What_is_left_has_the_same_tokens()
    {
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            StringBuilder json = new();
            Append(json, random, 0);
            byte[] before = Encoding.UTF8.GetBytes(json.ToString());
            byte[] after = JsonMinifier.Minify(before);
            Assert.Equal(Tokens(before), Tokens(after));
            Assert.DoesNotContain((byte)'\n', after);
        }
    }

    private static void Append(StringBuilder json, Random random, int depth)
    {
        string[] scalars =
            ["1.0", "-0.0e0", "null", "true", "\"\"", "\" a \\\" b\\\\\"", "\"{ [ , : ] }\"", "\"\\n\\u0020\""];
        Space();
        int kind = depth > 4 ? 0 : random.Next(3);
        if (kind == 0)
        {
            json.Append(scalars[random.Next(scalars.Length)]);
            Space();
            return;
        }

        json.Append(kind == 1 ? '[' : '{');
        Space();
        for (int left = random.Next(4), index = 0; index < left; index++)
        {
            json.Append(index == 0 ? "" : ",");
            Space();
            json.Append(kind == 1 ? "" : "\" k \" : ");
            Append(json, random, depth + 1);
        }

        json.Append(kind == 1 ? ']' : '}');
        Space();

        void Space()
        {
            for (int count = random.Next(3); count > 0; count--)
            {
                json.Append(" \n\r\t"[random.Next(4)]);
            }
        }
    }

    private static string Tokens(byte[] json)
    {
        StringBuilder tokens = new();
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            tokens.Append(reader.TokenType).Append('<').Append(Encoding.UTF8.GetString(reader.ValueSpan)).Append('>');
        }

        return tokens.ToString();
    }
}
