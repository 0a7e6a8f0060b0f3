// Refuses a null for a switch, which PowerShell would take for true.
using System;
using System.Management.Automation;

namespace ChatKit.PowerShell;

/// <summary>For a switch. <c>-Emulator:$typo</c> and <c>@{ Emulator = $null }</c> would turn it on.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class RefuseNullAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData ?? throw new ArgumentTransformationMetadataException(
            "a switch is $true or $false, and this value is null.");
}
