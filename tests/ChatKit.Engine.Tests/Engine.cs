// A PowerShell engine in this process, with the module imported: what a user's script sees, where no PowerShell is
// installed.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace ChatKit.Tests;

/// <summary>
/// One runspace; what a script sets is there for the next. The remembered connection is the process's.
/// </summary>
internal sealed class Engine : IDisposable
{
    /// <summary>A key that no server knows.</summary>
    public const string Key = "sk-test-012345678901234567890123456789wxyz";

    private readonly Queue<string> _answers = new();
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly PSDataCollection<ErrorRecord> _errors = [];
    private readonly Runspace _runspace;

    private Engine(Action<InitialSessionState> prepare)
    {
        Host = new AskedHost(_answers, _output, _errors);
        Host.UI.RawUI.BufferSize = new Size(120, 50);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // By itself an engine loads no views from files there.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        prepare(state);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
    }

    /// <summary>What answers its questions, and what it shows.</summary>
    public AskedHost Host { get; }

    /// <summary>
    /// An engine that has imported the module of the checkout, with no connection remembered; views of a file of its
    /// own come before the module's.
    /// </summary>
    public static Engine WithModule(string? views = null)
    {
        Engine engine = new(
            state =>
            {
                if (views is not null)
                {
                    state.Formats.Add(new SessionStateFormatEntry(views));
                }

                state.ImportPSModule(Repository.PathOf("ChatKit.psd1"));
            });
        engine.Run("Disconnect-ChatKit").Succeeds();
        return engine;
    }

    /// <summary>An engine that has imported nothing.</summary>
    public static Engine Bare() => new(_ => { });

    /// <summary>Sets a variable.</summary>
    public void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Answers the next questions, such as <c>Yes</c>.</summary>
    public void Answer(params string[] answers)
    {
        foreach (string answer in answers)
        {
            _answers.Enqueue(answer);
        }
    }

    /// <summary>Runs a script to its end.</summary>
    public Said Run(string script) => Run(script, _ => { });

    /// <summary>Runs a script; <paramref name="meanwhile"/> may stop it, as Ctrl+C does.</summary>
    public Said Run(string script, Action<Running> meanwhile)
    {
        _output.Clear();
        _errors.Clear();
        Host.Questions.Clear();
        Host.Warnings.Clear();
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.Streams.Error = _errors;
        shell.AddScript(script);
        PSDataCollection<PSObject> input = [];
        input.Complete();
        RuntimeException? ended = null;
        try
        {
            IAsyncResult run = shell.BeginInvoke(input, _output);
            meanwhile(new Running(shell, _output));
            shell.EndInvoke(run);
        }
        catch (RuntimeException e)
        {
            ended = e;
        }

        return new Said
        {
            Output = [.. _output],
            Errors =
                [.. _errors, .. ended is null or PipelineStoppedException ? (ErrorRecord[])[] : [ended.ErrorRecord]],
            Ended = ended,
            Questions = [.. Host.Questions],
            Warnings = [.. Host.Warnings],
            Verbose = [.. shell.Streams.Verbose.Select(line => line.Message)],
            Debug = [.. shell.Streams.Debug.Select(line => line.Message)],
            Progress = [.. shell.Streams.Progress],
        };
    }

    public void Dispose() => _runspace.Dispose();
}

/// <summary>A script that is running.</summary>
internal sealed record Running(PowerShell Shell, PSDataCollection<PSObject> Output);

/// <summary>What came of a script.</summary>
internal sealed record Said
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    /// <summary>Every error, that which ended the script last.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>What ended the script before its end; null where nothing did.</summary>
    public required Exception? Ended { get; init; }

    public required IReadOnlyList<string> Questions { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>The output as PowerShell makes strings of it.</summary>
    public IEnumerable<string> Lines => Output.Select(line => string.Format(CultureInfo.InvariantCulture, "{0}", line));

    /// <summary>The stable part of each error's id.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>Fails the test where the script failed.</summary>
    public Said Succeeds()
    {
        Assert.Empty(Errors);
        Assert.Null(Ended);
        return this;
    }
}
