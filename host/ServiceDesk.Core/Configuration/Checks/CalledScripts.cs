using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Scripts that another document names are there and are written to be called.</summary>
public static class CalledScripts
{
    /// <summary>A problem when the id is given and names no script that can be called.</summary>
    public static IEnumerable<DocumentProblem> Check(string? id, string path, IConfiguration configuration) =>
        Check(id, path, ScriptUse.Called, "configuration.script-not-called", configuration);

    /// <summary>A problem when the id is given and names no script of the use.</summary>
    /// <param name="other">What is wrong with a script of another use.</param>
    public static IEnumerable<DocumentProblem> Check(
        string? id,
        string path,
        ScriptUse use,
        string other,
        IConfiguration configuration
    )
    {
        if (id is null)
        {
            yield break;
        }

        if (!configuration.TryGet<ScriptDocument>(id, out var script))
        {
            yield return DocumentProblem.At(path, "configuration.no-such-script", id);
        }
        else if (script.Use != use)
        {
            yield return DocumentProblem.At(path, other, id);
        }
    }
}
