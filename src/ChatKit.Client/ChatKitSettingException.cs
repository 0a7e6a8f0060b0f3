// A setting that cannot be used.
using System;

namespace ChatKit;

/// <summary>A setting of a connection cannot be used. The message never holds a secret.</summary>
public sealed class ChatKitSettingException : Exception
{
    /// <summary>Says which setting, and why.</summary>
    /// <param name="setting">The name of the setting, as <see cref="ChatKitClientOptions"/> has it.</param>
    /// <param name="message">Why it cannot be used.</param>
    public ChatKitSettingException(string setting, string message)
        : base(message) =>
        Setting = setting;

    /// <summary>The name of the setting, as <see cref="ChatKitClientOptions"/> has it.</summary>
    public string Setting { get; }
}
