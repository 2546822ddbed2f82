// Keeps a small value in this browser as a cookie.
export default function remember({ data }) {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  const value = encodeURIComponent(data.value)
  document.cookie = `${data.name}=${value}; path=/; max-age=${data.age}; samesite=strict${secure}`
}
