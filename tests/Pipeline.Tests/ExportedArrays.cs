using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.Tests;

/// <summary>An array that was read from a file: its type as the file names it, its shape and its little-endian bytes.</summary>
internal sealed record ExportedArray(string Type, IReadOnlyList<int> Shape, byte[] Bytes)
{
    /// <summary>The elements of an array of float32.</summary>
    public float[] Floats() =>
        [.. Bytes.Chunk(sizeof(float)).Select(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes))];

    /// <summary>The elements of an array of int64.</summary>
    public long[] Integers() =>
        [.. Bytes.Chunk(sizeof(long)).Select(bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes))];

    /// <summary>Reads an npy file, strictly by the format's version 1.0.</summary>
    public static ExportedArray ReadNpy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Equal(0, start % 64);
        var header = Encoding.ASCII.GetString(bytes[10..start]);
        var match = Regex.Match(
            header,
            @"^\{'descr': '(?<type><f4|<f8|<i8|[|]u1)', 'fortran_order': False, 'shape': \((?<shape>\d+(, \d+)+|\d+,)\), \} *\n$",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        Assert.True(match.Success, header);
        int[] shape =
        [
            .. match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse),
        ];
        var type = match.Groups["type"].Value;
        Assert.Equal(shape.Aggregate(1, (product, size) => product * size) * (type[^1] - '0'), bytes.Length - start);
        return new(type, shape, bytes[start..]);
    }

    /// <summary>Reads a safetensors file, strictly by the format: tensors in the order of their bytes, without gaps.</summary>
    public static (string? Run, IReadOnlyDictionary<string, ExportedArray> Tensors) ReadSafetensors(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = checked((int)(8 + BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
        Assert.Equal(0, start % 8);
        Assert.Equal((byte)'{', bytes[8]);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, start - 8));
        var (run, end, tensors) = ((string?)null, start, new Dictionary<string, ExportedArray>());
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.NameEquals("__metadata__"))
            {
                run = entry.Value.GetProperty("run").GetString();
                continue;
            }
            int[] offsets = Numbers(entry.Value, "data_offsets"),
                shape = Numbers(entry.Value, "shape");
            Assert.Equal(end, start + offsets[0]);
            end = start + offsets[1];
            Assert.Equal("F32", entry.Value.GetProperty("dtype").GetString());
            Assert.Equal(
                shape.Aggregate(1, (product, size) => product * size) * sizeof(float),
                offsets[1] - offsets[0]
            );
            tensors.Add(entry.Name, new("<f4", shape, bytes[(start + offsets[0])..end]));
        }
        Assert.Equal(bytes.Length, end);
        return (run, tensors);
    }

    private static int[] Numbers(JsonElement entry, string key) =>
        [.. entry.GetProperty(key).EnumerateArray().Select(number => number.GetInt32())];
}
