// The emulator as the tests of its answers ask it. The tests of archives, which run the same ones, have another.
using System.Net.Http;
using ChatKit.Emulator;

namespace ChatKit.Tests;

internal static class EmulatedHandler
{
    public static HttpMessageHandler Of(ThreadStore store) => new ChatKitEmulator(store);
}
