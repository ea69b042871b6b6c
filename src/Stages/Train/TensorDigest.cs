using System.Security.Cryptography;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>The digest of named tensors, by which two trainings are compared bit for bit.</summary>
internal static class TensorDigest
{
    /// <summary>
    /// SHA-256 over, for each tensor in order, its name in UTF-8, a zero byte, and its values as little-endian
    /// float32; any NaN counts as 0x7FC00000.
    /// </summary>
    public static string Of(IReadOnlyList<NamedTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tensor.Name + '\0'));
            hash.AppendData(LittleEndian.Of(tensor.Values));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
