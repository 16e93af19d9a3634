using System.Security.Cryptography;
using System.Text;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>
/// What a form was drawn with, in a few characters that go along with it: so that it is told later what was typed by its sender,
/// and what somebody else changed meanwhile.
/// </summary>
public static class DrawnMark
{
    private const int Bytes = 12;

    /// <summary>The form's name of the mark of an input.</summary>
    public static string NameOf(string input) => $"drawn.{input}";

    /// <summary>The mark of a text; two texts have the same one only when they are the same.</summary>
    public static string Of(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
