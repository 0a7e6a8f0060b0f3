// A host that answers the questions of a cmdlet from a list, and notes them, the warnings and what is on the screen.
// PowerShell compiles it, 5.1 too: no newer syntax. The tests that host the engine compile it as well.
#if NET
#nullable disable
#pragma warning disable CA1050, CA1051, CA1062, CA1305, CA1307, CA1707
#endif
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

public class AskedHost : PSHost
{
    private readonly AskedUI ui;
    private readonly Guid id = Guid.NewGuid();
    public AskedHost(Queue<string> answers, PSDataCollection<PSObject> output, PSDataCollection<ErrorRecord> errors) { ui = new AskedUI(answers, output, errors); }
    public List<string> Questions { get { return ui.Questions; } }
    public List<string> Warnings { get { return ui.Warnings; } }
    public string Screen { get { return ui.Screen.ToString(); } }
    public override CultureInfo CurrentCulture { get { return CultureInfo.CurrentCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override Guid InstanceId { get { return id; } }
    public override string Name { get { return "Asked"; } }
    public override PSHostUserInterface UI { get { return ui; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public class AskedRawUI : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; }
    public override Size BufferSize { get; set; }
    public override Coordinates CursorPosition { get; set; }
    public override int CursorSize { get; set; }
    public override ConsoleColor ForegroundColor { get; set; }
    public override bool KeyAvailable { get { return false; } }
    public override Size MaxPhysicalWindowSize { get { return new Size(120, 50); } }
    public override Size MaxWindowSize { get { return new Size(120, 50); } }
    public override Coordinates WindowPosition { get; set; }
    public override Size WindowSize { get; set; }
    public override string WindowTitle { get; set; }
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) { return new BufferCell[0, 0]; }
    public override KeyInfo ReadKey(ReadKeyOptions options) { return new KeyInfo(); }
    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}

public class AskedUI : PSHostUserInterface
{
    private readonly Queue<string> answers;
    private readonly PSDataCollection<PSObject> output;
    private readonly PSDataCollection<ErrorRecord> errors;
    private readonly AskedRawUI raw = new AskedRawUI();
    public readonly List<string> Questions = new List<string>();
    public readonly List<string> Warnings = new List<string>();
    public readonly StringBuilder Screen = new StringBuilder();
    public AskedUI(Queue<string> answers, PSDataCollection<PSObject> output, PSDataCollection<ErrorRecord> errors) { this.answers = answers; this.output = output; this.errors = errors; }
    public override PSHostRawUserInterface RawUI { get { return raw; } }
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add(message + " | " + output.Count + " written, " + errors.Count + " failed");
        string answer = answers.Dequeue();
        for (int i = 0; i < choices.Count; i++) { if (choices[i].Label.Replace("&", "") == answer) { return i; } }
        throw new InvalidOperationException("No such choice: " + answer);
    }
    public override Dictionary<string,
    PSObject> Prompt(
        string caption,
        string message,
        Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) { return null; }
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) { return null; }
    public override string ReadLine() { return ""; }
    public override SecureString ReadLineAsSecureString() { return null; }
    public override void Write(string value) { Screen.Append(value); }
    public override void Write(
        ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { Screen.Append(value); }
    public override void WriteDebugLine(string message) { }
    public override void WriteErrorLine(string value) { Screen.Append(value).Append('\n'); }
    public override void WriteLine(string value) { Screen.Append(value).Append('\n'); }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { Warnings.Add(message); }
}
