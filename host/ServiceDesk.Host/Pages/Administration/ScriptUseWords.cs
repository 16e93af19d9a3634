using System.Text.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The words for when scripts run.</summary>
public static class ScriptUseWords
{
    private static readonly string[] Known =
    [
        "handler",
        "job",
        "console",
        "field",
        "rule-condition",
        "rule-action",
        "transition-condition",
        "transition-validator",
        "transition-after",
        "report-series",
    ];

    /// <summary>The word as documents write it.</summary>
    public static string Of(ScriptUse use) => JsonNamingPolicy.KebabCaseLower.ConvertName(use.ToString());

    /// <summary>What a run was for, as people read it; a plugin's own word as it is.</summary>
    public static string Of(string use, ITexts texts) => Known.Contains(use) ? texts[$"scripts.run-{use}"] : use;
}
