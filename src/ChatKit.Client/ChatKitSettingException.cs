// The exception for an invalid setting.
using System;

namespace ChatKit;

/// <summary>A setting is invalid. The message never contains a secret.</summary>
public sealed class ChatKitSettingException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="setting">The name of the property, such as <see cref="ChatKitClientOptions.ApiKey"/>.</param>
    /// <param name="message">Why the value is invalid.</param>
    public ChatKitSettingException(string setting, string message)
        : base(message) =>
        Setting = setting;

    /// <summary>The name of the property, such as <see cref="ChatKitClientOptions.ApiKey"/>.</summary>
    public string Setting { get; }
}
