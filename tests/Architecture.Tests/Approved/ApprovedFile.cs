using System.Runtime.CompilerServices;

namespace Architecture.Tests.Approved;

/// <summary>Compares text with a file that was approved in review. To approve: copy the received file over the approved one.</summary>
public static class ApprovedFile
{
    public static void Matches(string received, string file, [CallerFilePath] string caller = "")
    {
        var approved = Path.Combine(SourceTree.OfTheProduct.Root, "tests/Architecture.Tests/Approved", file);
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (received == expected)
        {
            return;
        }

        var at = Path.Combine(Path.GetTempPath(), $"received-{file}");
        File.WriteAllText(at, received);
        Assert.Fail(
            $"{file} differs from what was approved; {at} has what is there now.\n{Difference(expected, received)}"
        );
    }

    private static string Difference(string expected, string received)
    {
        var before = expected.Split('\n').ToHashSet(StringComparer.Ordinal);
        var after = received.Split('\n').ToHashSet(StringComparer.Ordinal);
        return string.Join(
            '\n',
            before.Except(after).Select(l => "- " + l).Concat(after.Except(before).Select(l => "+ " + l)).Take(40)
        );
    }
}
