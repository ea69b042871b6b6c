using System.Text;

namespace Pipeline.CodeFingerprint;

/// <summary>How the names of types and parameters are written in a study.</summary>
internal static class SnakeCase
{
    /// <summary><c>LeakyRelu</c> is <c>leaky_relu</c>, <c>Relu6</c> is <c>relu6</c>, <c>RMSNorm</c> is <c>rms_norm</c>.</summary>
    /// <remarks>A word starts at a capital that follows a small letter or precedes one.</remarks>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (
                i > 0
                && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))
            )
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
