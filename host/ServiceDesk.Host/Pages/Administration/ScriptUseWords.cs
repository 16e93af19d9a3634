using System.Text.Json;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The words for when scripts run.</summary>
public static class ScriptUseWords
{
    /// <summary>The word as documents write it.</summary>
    public static string Of(ScriptUse use) => JsonNamingPolicy.KebabCaseLower.ConvertName(use.ToString());
}
